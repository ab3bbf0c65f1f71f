/// Percent-encoding (RFC 3986 §2.1) and the form variant of it.
package enum PercentEncoding {
    package static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    package static func encode(
        _ bytes: some Sequence<UInt8>, keeping: (UInt8) -> Bool = isUnreserved, upperCase: Bool = true
    ) -> String {
        let digits = Array((upperCase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        var result: [UInt8] = []
        for byte in bytes {
            if keeping(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    package static func encode(_ text: String) -> String { encode(text.utf8) }

    /// `application/x-www-form-urlencoded` (WHATWG URL §5.2): blanks as `+`, `*` kept, `~` encoded.
    package static func form(_ bytes: some Sequence<UInt8>) -> String {
        let kept = encode(bytes) { byte in
            byte == 0x20 || byte == UInt8(ascii: "*") || isUnreserved(byte) && byte != UInt8(ascii: "~")
        }
        return String(kept.map { $0 == " " ? "+" : $0 })
    }

    package static func form(_ text: String) -> String { form(text.utf8) }
}
