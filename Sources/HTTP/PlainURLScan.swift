/// Finds the parts of a URL that needs no second thought: ASCII, a lower-case scheme, a name or IPv4 address, a port of
/// digits. Every request's URL is parsed, and nearly all are of this kind; the others take the careful way.
struct PlainURLScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var isSecure = false
    private(set) var host = 0..<0
    private(set) var port: Int?
    private(set) var path = 0..<0
    private(set) var query: Range<Int>?

    /// nil where the careful way must decide.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        guard bytes.count < 1 << 16, let start = scheme(), isPlain() else { return nil }
        let end = bytes[start...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? bytes.count
        guard authority(start..<end) else { return nil }
        let mark = bytes[end...].firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
        path = end..<mark
        query = mark < bytes.count ? mark + 1..<bytes.count : nil
    }

    private mutating func scheme() -> Int? {
        let head: [UInt8] = [0x68, 0x74, 0x74, 0x70]
        guard bytes.count > 10, bytes[..<4].elementsEqual(head) else { return nil }
        isSecure = bytes[4] == UInt8(ascii: "s")
        let colon = isSecure ? 5 : 4
        guard bytes[colon] == UInt8(ascii: ":"), bytes[colon + 1] == UInt8(ascii: "/"),
            bytes[colon + 2] == UInt8(ascii: "/")
        else { return nil }
        return colon + 3
    }

    /// Nothing to encode, refuse or drop: no control, blank, backslash, fragment, nor anything beyond ASCII.
    private func isPlain() -> Bool {
        bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") }
    }

    private mutating func authority(_ range: Range<Int>) -> Bool {
        let colon = bytes[range].firstIndex(of: UInt8(ascii: ":"))
        host = range.lowerBound..<(colon ?? range.upperBound)
        guard let last = bytes[host].last, last != UInt8(ascii: "."), bytes[host].allSatisfy(Self.isHostByte) else {
            return false
        }
        guard let colon else { return true }
        let digits = bytes[colon + 1..<range.upperBound]
        guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        port = number
        return (1...65535).contains(number)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension HTTPURL {
    /// The URL where it is a plain one.
    init?(plain text: String) {
        var text = text
        let url = text.withUTF8 { bytes -> HTTPURL? in
            guard let scan = PlainURLScan(bytes) else { return nil }
            func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
            let scheme = scan.isSecure ? "https" : "http"
            return HTTPURL(
                scheme: scheme, host: part(scan.host), port: scan.port ?? Self.defaultPort(scheme),
                path: scan.path.isEmpty ? "/" : part(scan.path), query: scan.query.map(part))
        }
        guard let url else { return nil }
        self = url
    }
}
