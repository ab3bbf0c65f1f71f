import Crypto
import JSON
package import Templates

/// The template functions that need cryptography, for `FunctionTable.adding`.
package enum CryptoFunctions {
    package static let all: [TemplateFunction] = [
        TemplateFunction("sha256(text)", 1...1) { (values) throws(FunctionError) in
            TemplateValue(.string(sha256(try bytes(values[0]))))
        },
        // Broken as a proof that two documents are the same, yet some vendors' signatures are made with it.
        TemplateFunction("sha1(text)", 1...1) { (values) throws(FunctionError) in
            TemplateValue(.string(hex(Insecure.SHA1.hash(data: try bytes(values[0])))))
        },
        TemplateFunction("hmac(alg, key, text)", 3...3) { (values) throws(FunctionError) in
            TemplateValue(.string(try hmac(values[0].string ?? "", key: try bytes(values[1]), try bytes(values[2]))))
        },
    ]

    /// Lower-case hexadecimal.
    package static func sha256(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

    private static func hmac(_ algorithm: String, key: [UInt8], _ bytes: [UInt8]) throws(FunctionError) -> String {
        let key = SymmetricKey(data: key)
        switch algorithm {
        case "sha1": return hex(HMAC<Insecure.SHA1>.authenticationCode(for: bytes, using: key))
        case "sha256": return hex(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
        case "sha384": return hex(HMAC<SHA384>.authenticationCode(for: bytes, using: key))
        case "sha512": return hex(HMAC<SHA512>.authenticationCode(for: bytes, using: key))
        default: throw FunctionError("knows 'sha1', 'sha256', 'sha384' and 'sha512' as its first argument")
        }
    }

    private static func bytes(_ value: JSONValue) throws(FunctionError) -> [UInt8] {
        Array(try TemplateFunction.text(value).utf8)
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }
}
