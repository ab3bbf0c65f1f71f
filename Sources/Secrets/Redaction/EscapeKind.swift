/// A way of writing characters by others, undone in a view of a text before secrets are looked for in it.
enum EscapeKind: UInt8, CaseIterable, Sendable {
    /// `%2D` (RFC 3986 §2.1).
    case percent
    /// `\n`, `\/`, `\u00e9` (RFC 8259 §7), `\x2d`, and a backslash before punctuation, as shells have it.
    case backslash
    /// `&amp;`, `&#45;`, `&#x2D;` (XML 1.0 §4.1 and §4.6).
    case reference

    /// What an escape stands for, and how many bytes it takes.
    struct Escape {
        var scalar: UInt32
        var length: Int
        /// One byte, of a longer sequence perhaps; else a Unicode scalar.
        var isByte = false
    }

    var trigger: UInt8 {
        switch self {
        case .percent: UInt8(ascii: "%")
        case .backslash: UInt8(ascii: "\\")
        case .reference: UInt8(ascii: "&")
        }
    }

    /// nil where no escape begins at that place.
    func escape(at place: Int, in bytes: [UInt8]) -> Escape? {
        switch self {
        case .percent: Self.number(at: place + 1, 2, bytes).map { Escape(scalar: $0, length: 3, isByte: true) }
        case .backslash: Self.backslash(at: place, bytes)
        case .reference: Self.reference(at: place, bytes)
        }
    }

    private static func backslash(at place: Int, _ bytes: [UInt8]) -> Escape? {
        guard place + 1 < bytes.count else { return nil }
        let next = bytes[place + 1]
        switch next {
        case UInt8(ascii: "u"): return unit(at: place, bytes)
        case UInt8(ascii: "x"):
            return number(at: place + 2, 2, bytes).map { Escape(scalar: $0, length: 4, isByte: true) }
        case UInt8(ascii: "n"): return Escape(scalar: 0x0A, length: 2)
        case UInt8(ascii: "r"): return Escape(scalar: 0x0D, length: 2)
        case UInt8(ascii: "t"): return Escape(scalar: 0x09, length: 2)
        case UInt8(ascii: "b"): return Escape(scalar: 0x08, length: 2)
        case UInt8(ascii: "f"): return Escape(scalar: 0x0C, length: 2)
        case 0x20...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return Escape(scalar: UInt32(next), length: 2)
        default: return nil
        }
    }

    /// `\u00e9`, or the two of a surrogate pair.
    private static func unit(at place: Int, _ bytes: [UInt8]) -> Escape? {
        guard let high = number(at: place + 2, 4, bytes) else { return nil }
        guard 0xD800..<0xDC00 ~= high else { return Escape(scalar: high, length: 6) }
        guard bytes.count > place + 7, bytes[place + 6] == UInt8(ascii: "\\"), bytes[place + 7] == UInt8(ascii: "u"),
            let low = number(at: place + 8, 4, bytes), 0xDC00..<0xE000 ~= low
        else { return nil }
        return Escape(scalar: 0x10000 + (high - 0xD800) << 10 + low - 0xDC00, length: 12)
    }

    private static let names: [([UInt8], UInt32)] = [
        (Array("amp".utf8), 0x26), (Array("lt".utf8), 0x3C), (Array("gt".utf8), 0x3E), (Array("quot".utf8), 0x22),
        (Array("apos".utf8), 0x27),
    ]

    private static func reference(at place: Int, _ bytes: [UInt8]) -> Escape? {
        let rest = bytes[(place + 1)...].prefix(11)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = rest[..<end]
        let length = end + 1 - place
        if name.first == UInt8(ascii: "#") {
            let isHex = name.dropFirst().first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
            let digits = name.dropFirst(isHex ? 2 : 1)
            let value = number(digits, radix: isHex ? 16 : 10)
            return value.map { Escape(scalar: $0, length: length) }
        }
        return names.first { $0.0.elementsEqual(name) }.map { Escape(scalar: $0.1, length: length) }
    }

    private static func number(at place: Int, _ count: Int, _ bytes: [UInt8]) -> UInt32? {
        place + count <= bytes.count ? number(bytes[place..<place + count], radix: 16) : nil
    }

    /// At most eight digits, so that nothing overflows.
    private static func number(_ digits: ArraySlice<UInt8>, radix: UInt32) -> UInt32? {
        guard 1...8 ~= digits.count else { return nil }
        var value: UInt32 = 0
        for digit in digits {
            let next: UInt32
            switch digit {
            case 0x30...0x39: next = UInt32(digit) - 0x30
            case 0x41...0x46 where radix == 16: next = UInt32(digit) - 0x37
            case 0x61...0x66 where radix == 16: next = UInt32(digit) - 0x57
            default: return nil
            }
            value = value &* radix &+ next
        }
        return value
    }
}
