/// Forms of texts that `type` knows.
enum TextForm {
    /// RFC 9562 §4: 8-4-4-4-12 hexadecimal digits.
    static func isUUID(_ text: String) -> Bool {
        guard text.utf8.count == 36 else { return false }
        for (index, byte) in text.utf8.enumerated() {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            guard isDash ? byte == UInt8(ascii: "-") : isHex(byte) else { return false }
        }
        return true
    }

    /// RFC 3986 §3: a scheme, a colon, then only characters a URI may hold, `%` before two hexadecimal digits.
    static func isURI(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, isLetter(bytes[0]),
            bytes[..<colon].allSatisfy({ isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) })
        else { return false }
        for index in (colon + 1)..<bytes.count {
            if bytes[index] == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, isHex(bytes[index + 1]), isHex(bytes[index + 2]) else { return false }
            } else if !isLetter(bytes[index]), !isDigit(bytes[index]), !uriMarks.contains(bytes[index]) {
                return false
            }
        }
        return colon + 1 < bytes.count
    }

    /// `local@domain` as RFC 5321 §4.1.2 writes it with a dot-string; quoted local parts and address literals are not
    /// taken. Beyond ASCII as RFC 6531 allows.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count <= 64, parts[1].count <= 253 else { return false }
        return isDotted(parts[0]) { isLetter($0) || isDigit($0) || $0 >= 0x80 || localMarks.contains($0) }
            && isDotted(parts[1]) { isLetter($0) || isDigit($0) || $0 >= 0x80 || $0 == UInt8(ascii: "-") }
            && parts[1].split(separator: UInt8(ascii: ".")).allSatisfy {
                $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-") && $0.count <= 63
            }
    }

    private static let uriMarks = Array("-._~:/?#[]@!$&'()*+,;=".utf8)
    private static let localMarks = Array("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isDotted(_ text: Substring.UTF8View, _ isAllowed: (UInt8) -> Bool) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0.allSatisfy(isAllowed)
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    private static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
}
