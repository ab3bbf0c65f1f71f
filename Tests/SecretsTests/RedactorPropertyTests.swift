import JSON
import Secrets
import TestSupport
import Testing

@Suite("The redactor on random secrets in random surroundings")
struct RedactorPropertyTests {
    private static let printable = Array((0x20...0x7E).compactMap { Unicode.Scalar(UInt8($0)) })
    private static let wide: [Unicode.Scalar] = ["ä", "é", "ß", "€", "漢", "😀", "\u{301}", "\u{7F}", "\t", "\u{1}"]

    /// A text of 6 to 64 bytes.
    private static func secret(_ generator: inout SeededGenerator) -> String {
        let length = generator.number(6...64)
        let plain = generator.chance(2)
        var text = ""
        while text.utf8.count < length {
            let scalar = plain || !generator.chance(6) ? generator.pick(printable) : generator.pick(wide)
            text.unicodeScalars.append(scalar ?? "x")
        }
        return text
    }

    private static func noise(_ generator: inout SeededGenerator) -> [UInt8] {
        var text = ""
        for _ in 0..<generator.number(0...12) { text.unicodeScalars.append(generator.pick(printable) ?? "x") }
        return Array(text.utf8)
    }

    private struct Form {
        var name: String
        var bytes: [UInt8]
        /// What of these bytes comes from the secret alone.
        var core: Range<Int>
    }

    private static func forms(of secret: String, _ generator: inout SeededGenerator) -> [Form] {
        let raw = Array(secret.utf8)
        let whole: [(String, String)] = [
            ("raw", secret), ("percent", PercentEncoding.encode(raw)),
            ("percent, lower case", PercentEncoding.encode(raw, upperCase: false)), ("form", PercentEncoding.form(raw)),
            ("JSON", String(decoding: JSONWriter.quoted(secret).utf8.dropFirst().dropLast(), as: UTF8.self)),
            ("XML", xml(secret)),
        ]
        var forms = whole.map { Form(name: $0, bytes: Array($1.utf8), core: 0..<$1.utf8.count) }
        for shift in 0..<3 {
            for urlSafe in [false, true] {
                let before = generator.bytes(shift + 3 * generator.number(0...3))
                let after = generator.bytes(generator.number(0...7))
                let text = Base64.encode(before + raw + after, urlSafe: urlSafe, padded: generator.chance(2))
                let first = (before.count * 8 + 5) / 6, last = (before.count + raw.count) * 8 / 6
                forms.append(Form(name: "base64 at \(shift)", bytes: Array(text.utf8), core: first..<max(first, last)))
            }
        }
        return forms
    }

    private static func xml(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    @Test("No six characters of any form are left", arguments: [1, 2, 3, 4] as [UInt64])
    func noResidue(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let secret = Self.secret(&generator)
            let redactor = Redactor()
            redactor.register(secret, label: "S")
            for form in Self.forms(of: secret, &generator) {
                let before = Self.noise(&generator), after = Self.noise(&generator)
                let redacted = redactor.redact(before + form.bytes + after)
                check(form, of: secret, in: redacted, surroundings: [before, after, Array("«secret:S»".utf8)])
            }
        }
    }

    private func check(_ form: Form, of secret: String, in redacted: [UInt8], surroundings: [[UInt8]]) {
        // The surroundings may hold the same characters by chance.
        let chance = surroundings.reduce(into: Set<UInt64>()) { $0.formUnion($1.windows) }
        let left = Set(form.bytes[form.core].windows).intersection(redacted.windows).subtracting(chance)
        guard let piece = left.first else { return }
        let text = String(decoding: (0..<6).map { UInt8(truncatingIfNeeded: piece >> (40 - 8 * $0)) }, as: UTF8.self)
        Issue.record("\(form.name) of \(secret.debugDescription): '\(text)' is left")
    }

    @Test(
        "A text that was cut off anywhere holds nothing of a secret whose end is missing",
        arguments: [8, 9] as [UInt64])
    func cutOff(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let secret = Self.secret(&generator)
            let redactor = Redactor()
            redactor.register(secret, label: "S")
            for form in Self.forms(of: secret, &generator) {
                for length in form.core.lowerBound...form.bytes.count {
                    let part = Form(
                        name: "\(length) bytes of \(form.name)", bytes: Array(form.bytes[..<length]),
                        core: form.core.clamped(to: 0..<length))
                    let before = Self.noise(&generator)
                    let redacted = redactor.redact(beginning: before + part.bytes)
                    check(part, of: secret, in: redacted, surroundings: [before, Array("«secret:S»".utf8)])
                }
            }
        }
    }

    @Test("A text that was cut off elsewhere is masked as any other")
    func cutElsewhere() {
        let redactor = Redactor()
        redactor.register("s3cr3t-t0ken", label: "t")
        #expect(redactor.redact(beginning: Array("a s3cr3t-t0ken b".utf8)) == Array("a «secret:t» b".utf8))
        #expect(redactor.redact(beginning: Array("a s3cr3t-t0ken".utf8)) == Array("a «secret:t»".utf8))
        #expect(redactor.redact(beginning: Array("a s3cr3t-t0k".utf8)) == Array("a ".utf8))
        #expect(redactor.redact(beginning: Array("a s3cr3".utf8)) == Array("a s3cr3".utf8))
        #expect(redactor.redact(beginning: []) == [])
    }

    @Test("Several secrets that hold each other leave nothing", arguments: [5, 6] as [UInt64])
    func overlapping(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let text = Self.secret(&generator) + Self.secret(&generator)
            let scalars = Array(text.unicodeScalars)
            let redactor = Redactor()
            redactor.register(text, label: "S")
            for _ in 0..<4 {
                let start = generator.number(0...scalars.count - 1)
                var part = ""
                part.unicodeScalars.append(contentsOf: scalars[start..<generator.number(start...scalars.count - 1)])
                redactor.register(part, label: "P")
            }
            let redacted = redactor.redact("[" + text + "]")
            if redacted != "[«secret:S»]" && redacted != "[«secret:P»]" { Issue.record("\(text) → \(redacted)") }
        }
    }

    @Test("What holds no secret stays as it is", arguments: [7] as [UInt64])
    func noFalseHits(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let redactor = Redactor()
            redactor.register("\u{1}\u{2}\u{1}\u{2}\u{1}\u{2}\u{3}", label: "S")
            let bytes = generator.bytes(generator.number(0...60)).filter { $0 > 3 }
            if redactor.redact(bytes) != bytes { Issue.record("\(bytes)") }
        }
    }
}

extension Collection<UInt8> {
    /// Every six bytes that stand beside each other, as one number.
    fileprivate var windows: [UInt64] {
        var window: UInt64 = 0
        var windows: [UInt64] = []
        for (place, byte) in enumerated() {
            window = (window << 8 | UInt64(byte)) & 0xFFFF_FFFF_FFFF
            if place >= 5 { windows.append(window) }
        }
        return windows
    }
}
