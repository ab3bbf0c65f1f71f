/// Reads a text in every way that others might, and finds six bytes of a secret that stand beside each other.
///
/// It knows no secret's forms, only how texts are decoded, so it does not share a mistake with the redactor.
struct CanaryScanner: Sendable {
    /// Undone one in the other.
    private static let depth = 2
    private static let window = 6

    /// Six bytes → whose.
    private let windows: [UInt64: String]
    /// Whether any of them ends in these two bytes: most places are passed by this alone.
    private let endings: [Bool]

    /// - Parameter secrets: name and text; each is looked for line by line, so that the frame of a PEM is no part of it.
    init(_ secrets: [(name: String, text: String)]) {
        var windows: [UInt64: String] = [:]
        for (name, text) in secrets {
            for line in text.split(separator: "\n") where !line.hasPrefix("-----") {
                Self.forEachWindow(Array(line.utf8)) { windows[$0] = name }
            }
        }
        self.windows = windows
        var endings = [Bool](repeating: false, count: 1 << 16)
        for window in windows.keys { endings[Int(window & 0xFFFF)] = true }
        self.endings = endings
    }

    /// The names of secrets of which something can be read.
    ///
    /// - Parameter depth: how many encodings are undone, one in the other.
    func residue(in bytes: [UInt8], depth: Int = depth) -> Set<String> {
        var found: Set<String> = []
        var known: Set<[UInt8]> = [bytes]
        var texts = [bytes]
        for level in 0...depth {
            var next: [[UInt8]] = []
            for text in texts {
                Self.forEachWindow(text) { window in
                    guard endings[Int(window & 0xFFFF)], let name = windows[window] else { return }
                    found.insert(name)
                }
                guard level < depth else { continue }
                for decode in Self.decoders {
                    let decoded = decode(text)
                    if !decoded.isEmpty, known.insert(decoded).inserted { next.append(decoded) }
                }
            }
            texts = next
        }
        return found
    }

    func residue(in text: String) -> Set<String> { residue(in: Array(text.utf8)) }

    private static func forEachWindow(_ bytes: [UInt8], _ body: (UInt64) -> Void) {
        var window: UInt64 = 0
        for (place, byte) in bytes.enumerated() {
            window = (window << 8 | UInt64(byte)) & 0xFFFF_FFFF_FFFF
            if place >= Self.window - 1 { body(window) }
        }
    }

    // MARK: Decoders

    private static let decoders: [@Sendable ([UInt8]) -> [UInt8]] = [
        { percent($0, plusIsBlank: false) }, { percent($0, plusIsBlank: true) }, backslash, references, shell, base64,
        hex,
    ]

    private static func percent(_ bytes: [UInt8], plusIsBlank: Bool) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "%"), let value = number(bytes[(at + 1)...].prefix(2), radix: 16, count: 2) {
                result.append(UInt8(truncatingIfNeeded: value))
                at += 3
            } else {
                result.append(plusIsBlank && bytes[at] == UInt8(ascii: "+") ? 0x20 : bytes[at])
                at += 1
            }
        }
        return result
    }

    private static func backslash(_ bytes: [UInt8]) -> [UInt8] {
        var units: [UInt16] = []
        var result: [UInt8] = []
        func flush() {
            if !units.isEmpty { result += Array(String(decoding: units, as: UTF16.self).utf8) }
            units = []
        }
        var at = 0
        while at < bytes.count {
            let next = at + 1 < bytes.count ? bytes[at + 1] : 0
            if bytes[at] == UInt8(ascii: "\\"), next == UInt8(ascii: "u"),
                let unit = number(bytes[(at + 2)...].prefix(4), radix: 16, count: 4)
            {
                units.append(UInt16(truncatingIfNeeded: unit))
                at += 6
                continue
            }
            flush()
            let isEscape = bytes[at] == UInt8(ascii: "\\") && next != 0
            if isEscape, next == UInt8(ascii: "x"),
                let byte = number(bytes[(at + 2)...].prefix(2), radix: 16, count: 2)
            {
                result.append(UInt8(truncatingIfNeeded: byte))
                at += 4
            } else {
                result.append(isEscape ? (next == UInt8(ascii: "n") ? 0x0A : next) : bytes[at])
                at += isEscape ? 2 : 1
            }
        }
        flush()
        return result
    }

    private static func references(_ bytes: [UInt8]) -> [UInt8] {
        let names = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        var result: [UInt8] = []
        var at = 0
        while at < bytes.count {
            let rest = bytes[at...].prefix(12)
            guard bytes[at] == UInt8(ascii: "&"), let end = rest.firstIndex(of: UInt8(ascii: ";")) else {
                result.append(bytes[at])
                at += 1
                continue
            }
            let name = String(decoding: rest[(at + 1)..<end], as: UTF8.self)
            let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
            let value = isHex ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst(), radix: 10)
            if let text = names[name] {
                result += text.utf8
            } else if name.hasPrefix("#"), let value, let scalar = UnicodeScalar(value) {
                result += String(scalar).utf8
            } else {
                result += rest[at...end]
            }
            at = end + 1
        }
        return result
    }

    private static func shell(_ bytes: [UInt8]) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        return Array(text.replacing("'\\''", with: "'").replacing("'\"'\"'", with: "'").utf8)
    }

    /// Every run of base64's characters, read from each of its first four places.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        runs(bytes, atLeast: 8, sextet).flatMap { run in
            (0..<4).flatMap { shift -> [UInt8] in
                var bits = 0, count = 0
                var decoded: [UInt8] = [0]
                for byte in bytes[run].dropFirst(shift) {
                    bits = (bits << 6 | Int(sextet(byte) ?? 0)) & 0xFFFF
                    count += 6
                    if count >= 8 {
                        count -= 8
                        decoded.append(UInt8(truncatingIfNeeded: bits >> count))
                    }
                }
                return decoded
            }
        }
    }

    private static func hex(_ bytes: [UInt8]) -> [UInt8] {
        runs(bytes, atLeast: 12) { number([$0][...], radix: 16, count: 1) }.flatMap { run in
            (0..<2).flatMap { shift -> [UInt8] in
                let digits = Array(bytes[run].dropFirst(shift))
                return [0]
                    + stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
                        number(digits[place..<place + 2], radix: 16, count: 2).map { UInt8(truncatingIfNeeded: $0) }
                    }
            }
        }
    }

    private static func runs<Value>(
        _ bytes: [UInt8], atLeast length: Int, _ value: (UInt8) -> Value?
    ) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for at in 0...bytes.count {
            if at < bytes.count, value(bytes[at]) != nil {
                start = start ?? at
            } else if let begin = start {
                if at - begin >= length { runs.append(begin..<at) }
                start = nil
            }
        }
        return runs
    }

    private static func sextet(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>, radix: Int, count: Int) -> Int? {
        guard digits.count == count else { return nil }
        var value = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: value = value * radix + Int(digit) - 0x30
            case 0x41...0x46: value = value * radix + Int(digit) - 0x37
            case 0x61...0x66: value = value * radix + Int(digit) - 0x57
            default: return nil
            }
        }
        return value
    }
}
