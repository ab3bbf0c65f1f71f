/// base64url without padding (RFC 4648 §5), as JWTs use it.
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                out.append(alphabet[Int(bits >> UInt32(count) & 0x3F)])
            }
            bits &= 0xFFFF
        }
        if count > 0 { out.append(alphabet[Int(bits << UInt32(6 - count) & 0x3F)]) }
        return String(decoding: out, as: UTF8.self)
    }

    /// nil unless `text` is exactly what `encode` would write: the unused bits of the last character must be zero, or an
    /// altered signature would pass (RFC 4648 §3.5).
    static func decode(_ text: Substring) -> [UInt8]? {
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(bits >> UInt32(count) & 0xFF))
            }
        }
        return encode(out) == text ? out : nil
    }

    /// Standard alphabet with padding, for `Authorization: Basic`.
    static func decodeBasic(_ text: Substring) -> [UInt8]? {
        let bare = text.prefix { $0 != "=" }
        guard text.count % 4 == 0, text.count - bare.count <= 2 else { return nil }
        return decode(Substring(bare.map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()))
    }
}
