/// One header field line, as sent or received.
package struct HeaderField: Sendable, Hashable {
    package var name: String
    package var value: String
    /// Carries a credential: dropped when a redirect leaves the origin, masked wherever it is shown.
    package var isSensitive: Bool

    package init(_ name: String, _ value: String, isSensitive: Bool = false) {
        self.name = name
        self.value = value
        self.isSensitive = isSensitive
    }
}

/// Header field lines in order, repetitions kept; names are compared without case (RFC 9110 §5.1).
package struct HeaderFields: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral {
    package var fields: [HeaderField]

    package init(_ fields: [HeaderField] = []) { self.fields = fields }
    package init(arrayLiteral elements: HeaderField...) { fields = elements }

    package var startIndex: Int { fields.startIndex }
    package var endIndex: Int { fields.endIndex }
    package subscript(index: Int) -> HeaderField { fields[index] }

    /// The values of all lines of that name, in order.
    package func values(_ name: String) -> [String] {
        fields.filter { Self.sameName($0.name, name) }.map(\.value)
    }

    /// The lines of that name joined with `", "` (RFC 9110 §5.3), nil where there is none.
    package subscript(name: String) -> String? {
        var joined: String?
        for field in fields where Self.sameName(field.name, name) {
            joined = joined.map { $0 + ", " + field.value } ?? field.value
        }
        return joined
    }

    package func contains(name: String) -> Bool {
        fields.contains { Self.sameName($0.name, name) }
    }

    package mutating func append(_ field: HeaderField) { fields.append(field) }

    package mutating func removeAll(named name: String) {
        fields.removeAll { Self.sameName($0.name, name) }
    }

    /// Compares without case in ASCII, without allocating: it runs for every line of every answer.
    package static func sameName(_ a: String, _ b: String) -> Bool {
        a.utf8.count == b.utf8.count && a.utf8.elementsEqual(b.utf8) { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    /// `token` of RFC 9110 §5.6.2.
    package static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isTokenByte($0) }
    }

    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// Fields that frame the message or steer the connection (RFC 9110 §7.6.1, RFC 9112 §6): libcurl writes them, and one
    /// written beside its own would make two messages of one.
    package static func isFraming(_ name: String) -> Bool {
        switch name.utf8.count {
        case 6, 7, 10, 14, 17: framing.contains { sameName($0, name) }
        default: false
        }
    }

    private static let framing = [
        "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Trailer", "Upgrade",
    ]

    /// No control character but the tab (RFC 9110 §5.5): CR, LF or NUL could add a header of its own, since libcurl sends
    /// lines as given, and what others make of the rest nobody knows.
    package static func isSafeValue(_ text: String) -> Bool {
        !text.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
    }
}
