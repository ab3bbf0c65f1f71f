import Crypto
import JSON

/// HS256 tokens (RFC 7515, 7518 §3.2) under a key that lives as long as the sandbox.
struct JWTSigner: Sendable {
    private let key = SymmetricKey(size: .bits256)
    private let algorithm: String

    /// - Parameter algorithm: what the header says; the signature is HS256's whatever stands there.
    init(algorithm: String = "HS256") { self.algorithm = algorithm }

    /// The header is the one in the vendor's samples, for access and refresh tokens alike; a claim tells them apart.
    func sign(_ claims: JSONObject) -> String {
        let header = Base64URL.encode(Array(#"{"alg":"\#(algorithm)","typ":"JWT"}"#.utf8))
        let signed = header + "." + Base64URL.encode(Array(JSONValue.object(claims).text().utf8))
        return signed + "." + Base64URL.encode(Array(code(signed)))
    }

    /// The claims of a token signed here; nil for any other, and for one whose header asks for another algorithm or for
    /// an extension nobody here knows (RFC 7515 §4.1.11, RFC 8725 §3.1).
    func verify(_ token: String) -> JSONObject? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let jwt = LooseJWT(token), let code = Base64URL.decode(parts[2]),
            jwt.header["alg"]?.string == algorithm, jwt.header["crit"] == nil,
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: key)
        else { return nil }
        return jwt.claims
    }

    /// The claims of a token signed here whose signature was cut.
    func verify(beginning token: String) -> JSONObject? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].count >= 8, let jwt = LooseJWT(token) else { return nil }
        let whole = Base64URL.encode(Array(code("\(parts[0]).\(parts[1])")))
        return whole.hasPrefix(parts[2]) && whole != parts[2] ? jwt.claims : nil
    }

    private func code(_ signed: String) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: key)
    }
}
