/// Random names: object ids nobody can guess, and opaque tokens.
enum Identifier {
    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// 256 random bits.
    static func token() -> String { Base64URL.encode(bytes(32)) }

    /// A version 4 UUID (RFC 9562 §5.4).
    static func uuid() -> String {
        var raw = bytes(16)
        raw[6] = raw[6] & 0x0F | 0x40
        raw[8] = raw[8] & 0x3F | 0x80
        let digits = raw.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
    }

    /// 20 characters of lower-case base32hex, the look of Clarify's ids.
    static func short() -> String {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        return String(decoding: bytes(20).map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }
}
