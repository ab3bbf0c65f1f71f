import Crypto
import JSON

/// HS256 tokens (RFC 7515, 7518 §3.2) under a key that lives as long as the sandbox.
struct JWTSigner: Sendable {
    private let key = SymmetricKey(size: .bits256)

    /// The header is the one in the vendor's samples, for access and refresh tokens alike; a claim tells them apart.
    func sign(_ claims: JSONObject) -> String {
        let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
        let signed = header + "." + Base64URL.encode(Array(JSONValue.object(claims).text().utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: key)
        return signed + "." + Base64URL.encode(Array(code))
    }

    /// The claims of a token signed here; nil for any other, and for one whose header asks for another algorithm or for
    /// an extension nobody here knows (RFC 7515 §4.1.11, RFC 8725 §3.1).
    func verify(_ token: String) -> JSONObject? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let code = Base64URL.decode(parts[2]),
            header["alg"]?.string == "HS256", header["crit"] == nil,
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: key)
        else { return nil }
        return Self.object(parts[1])
    }

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64URL.decode(part), let document = try? JSONDocument.parse(bytes) else { return nil }
        return document.root.value.object
    }
}
