import JSON
import TestSupport
import Testing

@testable import Secrets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Random secrets, each in a random encoding, in one long text that arrives in random pieces: exactly they are masked.
///
/// 100,000 of them with the other tests; `make fuzz` runs ten million in the release build.
@Suite("The redactor against any secret, encoding and chunk border")
struct RedactorFuzzTests {
    private static let count = getenv("USHER_FUZZ").flatMap { Int(String(cString: $0)) } ?? 100_000
    private static let lanes = 4

    @Test("Nothing of a secret is left, and nothing else is taken", arguments: 0..<UInt64(lanes))
    func fuzz(lane: UInt64) {
        let seed = getenv("USHER_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1
        var fuzzer = RedactorFuzzer(seed: seed &* 1_000_003 &+ lane)
        var left = Self.count / Self.lanes
        while left > 0, fuzzer.round(of: 500) { left -= 500 }
    }
}

struct RedactorFuzzer {
    private var generator: SeededGenerator
    private static let printable = Array(0x20...0x7E as ClosedRange<UInt8>)
    private static let token = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let wide = ["ä", "€", "漢", "😀", "\u{301}", "\u{7F}", "\t", "\u{1}", "\"", "\\", "%", "&", "'"]
    /// In no alphabet of an encoding, and no part of an escape.
    private static let noise = Array(" \n,|(".utf8)

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// - Returns: false after a failure, which was recorded.
    mutating func round(of count: Int) -> Bool {
        let redactor = Redactor()
        let secrets = (0..<generator.number(1...4)).map { _ in secret() }
        for secret in secrets { redactor.register(secret, label: "S") }
        var text: [UInt8] = []
        var expected: [UInt8] = []
        var cases: [(secret: String, form: [UInt8])] = []
        for _ in 0..<count {
            let secret = secrets[generator.number(0...secrets.count - 1)]
            let form = encoded(secret)
            let noise = (0..<generator.number(1...6)).map { _ in Self.noise[generator.number(0...4)] }
            text += noise + form
            expected += noise + Array("«secret:S»".utf8)
            cases.append((secret, form))
        }
        let result = streamed(text + [0x0A], redactor)
        if result == expected + [0x0A] { return true }
        explain(cases, redactor, result)
        return false
    }

    private mutating func streamed(_ text: [UInt8], _ redactor: Redactor) -> [UInt8] {
        var stream = RedactionStream(redactor, block: 1 << generator.number(12...15), reach: 256)
        var result: [UInt8] = []
        var at = 0
        while at < text.count {
            let end = min(text.count, at + generator.number(1...[16, 300, 3000][generator.number(0...2)]))
            result += stream.feed(text[at..<end])
            at = end
        }
        return result + stream.finish()
    }

    /// Names the first case that fails alone; else the border is at fault.
    private func explain(_ cases: [(secret: String, form: [UInt8])], _ redactor: Redactor, _ result: [UInt8]) {
        for (secret, form) in cases {
            let alone = redactor.redact([0x20] + form + [0x0A])
            if alone == Array(" «secret:S»\n".utf8) { continue }
            let shown = String(decoding: form, as: UTF8.self), left = String(decoding: alone, as: UTF8.self)
            Issue.record("\(secret.debugDescription) as \(shown.debugDescription) gives \(left.debugDescription)")
            return
        }
        Issue.record("a border between pieces: \(String(decoding: result, as: UTF8.self).debugDescription)")
    }

    // MARK: Secrets

    private mutating func secret() -> String {
        // No blank at the ends: what is around would be taken for a part of it.
        let text: String
        switch generator.number(0...5) {
        case 0: text = bytes(6...40, of: Self.printable)
        case 1: text = bytes(6...48, of: Self.token)
        case 2: text = Base64.encode(generator.bytes(generator.number(5...30)))
        case 3: text = "eyJ" + [3...20, 8...40, 8...40].map { bytes($0, of: Self.token) }.joined(separator: ".")
        case 4: text = (0..<3).map { _ in bytes(6...24, of: Self.token) }.joined(separator: "\n")
        default:
            text = (0..<generator.number(4...12)).map { _ in
                generator.chance(2) ? Self.wide[generator.number(0...12)] : bytes(1...2, of: Self.token)
            }.joined()
        }
        let isLong = text.utf8.count >= 6 && text.utf8.first != 0x20 && text.utf8.last != 0x20
        return isLong && text.first?.isWhitespace == false && text.last?.isWhitespace == false ? text : secret()
    }

    private mutating func bytes(_ length: ClosedRange<Int>, of alphabet: [UInt8]) -> String {
        var bytes: [UInt8] = []
        for _ in 0..<generator.number(length) { bytes.append(alphabet[generator.number(0...alphabet.count - 1)]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Encodings

    private mutating func encoded(_ secret: String) -> [UInt8] {
        let raw = Array(secret.utf8)
        switch generator.number(0...15) {
        case 0: return raw
        case 1: return Array(PercentEncoding.encode(raw).utf8)
        case 2: return Array(PercentEncoding.encode(raw, upperCase: false).utf8)
        case 3: return Array(PercentEncoding.form(raw).utf8)
        case 4: return percentAtRandom(raw)
        case 5: return Array(JSONWriter.quoted(secret).utf8.dropFirst().dropLast())
        case 6: return units(secret)
        case 7: return references(secret)
        case 8: return hex(raw, generator.chance(2))
        case 9: return base64(base64(raw, around: 8), around: 5)
        case 10: return Array(PercentEncoding.encode(PercentEncoding.encode(raw)).utf8)
        case 11: return Array(PercentEncoding.encode(base64(raw, around: 8)).utf8)
        case 12: return shell(raw)
        default: return base64(raw, around: 8)
        }
    }

    private mutating func base64(_ raw: [UInt8], around: Int) -> [UInt8] {
        let before = generator.bytes(generator.number(0...around)),
            after = generator.bytes(generator.number(0...around))
        return Array(
            Base64.encode(before + raw + after, urlSafe: generator.chance(2), padded: generator.chance(2)).utf8)
    }

    /// Every character that must be, and some that need not.
    private mutating func percentAtRandom(_ raw: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in raw {
            let kept = PercentEncoding.isUnreserved(byte) && !generator.chance(3)
            result += kept ? [byte] : [UInt8(ascii: "%")] + hex([byte], generator.chance(2))
        }
        return result
    }

    /// As some writers do: `\u0061` for anything.
    private mutating func units(_ text: String) -> [UInt8] {
        var result = ""
        for unit in text.utf16 {
            let isPlain = unit < 0x7F && unit > 0x20 && unit != 0x22 && unit != 0x5C && generator.chance(2)
            let digits = String(unit, radix: 16, uppercase: generator.chance(2))
            result +=
                isPlain
                ? String(UnicodeScalar(UInt8(unit))) : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return Array(result.utf8)
    }

    private mutating func references(_ text: String) -> [UInt8] {
        var result = ""
        for scalar in text.unicodeScalars {
            switch (scalar, generator.number(0...3)) {
            case ("&", 0...1): result += "&amp;"
            case ("<", 0...1): result += "&lt;"
            case ("'", 0...1): result += "&apos;"
            case ("&", 2), (_, 3): result += "&#x" + String(scalar.value, radix: 16) + ";"
            case ("&", _), (_, 2): result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return Array(result.utf8)
    }

    private func hex(_ raw: [UInt8], _ upperCase: Bool) -> [UInt8] {
        let digits = Array((upperCase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return raw.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    private func shell(_ raw: [UInt8]) -> [UInt8] {
        raw.flatMap { $0 == UInt8(ascii: "'") ? Array(#"'\''"#.utf8) : [$0] }
    }
}
