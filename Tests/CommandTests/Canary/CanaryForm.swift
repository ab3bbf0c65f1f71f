/// The ways in which programs write a secret into a text, one by one and without the product's own encoders: what a
/// hostile or careless server sends back, and what the scanner must be able to read.
enum CanaryForm: String, CaseIterable, Sendable {
    case raw, quoted, base64, base64After1, base64After2, base64URL, base64InBase64
    case percent, percentLowerCase, percentEverything, percentTwice, percentOfBase64, form
    case json, jsonUnits, jsonInJSON, xml, xmlNumbers, xmlHex, hex, hexUpperCase, shell
    case basicPair, basicPairOfForms, userInfo

    func write(_ secret: String) -> String {
        let bytes = Array(secret.utf8)
        switch self {
        case .raw: return secret
        case .quoted: return "\"\(secret)\""
        case .base64: return Self.base64(bytes)
        case .base64After1: return Self.base64(Array("x".utf8) + bytes + Array("yz".utf8))
        case .base64After2: return Self.base64(Array("{\"".utf8) + bytes + Array("\"}".utf8))
        case .base64URL: return Self.base64(Array("a".utf8) + bytes, urlSafe: true)
        case .base64InBase64: return Self.base64(Array(Self.base64(bytes).utf8))
        case .percent: return Self.percent(bytes, "0123456789ABCDEF", keeping: Self.isUnreserved)
        case .percentLowerCase: return Self.percent(bytes, "0123456789abcdef") { Self.isUnreserved($0) || $0 == 0x2F }
        case .percentEverything: return Self.percent(bytes, "0123456789ABCDEF") { _ in false }
        case .percentTwice:
            return Self.percent(Array(Self.percent.write(secret).utf8), "0123456789ABCDEF", keeping: Self.isUnreserved)
        case .percentOfBase64:
            return Self.percent(Array(Self.base64(bytes).utf8), "0123456789ABCDEF", keeping: Self.isUnreserved)
        case .form: return Self.percent.write(secret).replacing("%20", with: "+")
        case .json: return Self.json(secret)
        case .jsonUnits: return secret.utf16.map { "\\u" + Self.padded(String($0, radix: 16), 4) }.joined()
        case .jsonInJSON: return Self.json(Self.json(secret))
        case .xml: return Self.xml(secret)
        case .xmlNumbers: return secret.unicodeScalars.map { "&#\($0.value);" }.joined()
        case .xmlHex:
            return secret.unicodeScalars.map { "&#x\(String($0.value, radix: 16, uppercase: true));" }.joined()
        case .hex: return bytes.map { Self.padded(String($0, radix: 16), 2) }.joined()
        case .hexUpperCase: return Self.hex.write(secret).uppercased()
        case .shell: return "'" + secret.replacing("'", with: "'\\''") + "'"
        case .basicPair: return "Basic " + Self.base64(Array("client-id:\(secret)".utf8))
        case .basicPairOfForms: return "Basic " + Self.base64(Array("client-id:\(Self.form.write(secret))".utf8))
        case .userInfo: return "https://user:\(Self.percent.write(secret))@host.test/"
        }
    }

    static func base64(_ bytes: [UInt8], urlSafe: Bool = false) -> String {
        let alphabet =
            Array(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
            + Array((urlSafe ? "-_" : "+/").utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = (0..<3).reduce(0) { $0 << 8 | Int(start + $1 < bytes.count ? bytes[start + $1] : 0) }
            for place in 0...group.count { text.append(alphabet[bits >> (18 - 6 * place) & 63]) }
            if !urlSafe { text += Array(repeating: UInt8(ascii: "="), count: 3 - group.count) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func percent(_ bytes: [UInt8], _ digits: String, keeping isKept: (UInt8) -> Bool) -> String {
        let digits = Array(digits)
        return bytes.map { byte in
            isKept(byte)
                ? String(UnicodeScalar(byte)) : "%" + String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        }.joined()
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
            || "-._~".utf8.contains(byte)
    }

    private static func json(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("/", with: "\\/")
            .replacing("\n", with: "\\n").replacing("\u{FC}", with: "\\u00fc")
    }

    private static func xml(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&apos;").replacing("\n", with: "&#10;")
    }

    private static func padded(_ digits: String, _ count: Int) -> String {
        String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
