import JSON
import Providers
import Synchronization
import Tokens

/// Tokens signed with keys that are not the issuer's.
enum Forgery {
    /// A key of our own, made once a process.
    private static let key = SigningKey.makeP256()
    /// ECDSA signs the same text otherwise each time; what is sent must be the same each time.
    private static let made = Mutex<[String: String]>([:])

    /// Our own key as an issuer would publish it.
    static var publicKey: JSONValue { key.publicJWK ?? .null }

    /// ES256 under our own key; nil where the claims cannot be read.
    static func signed(_ jwt: CompactJWT, header: JSONObject) -> String? {
        let known = CompactJWT.segment(header) + "." + jwt.claimsText
        return made.withLock { made in
            if let token = made[known] { return token }
            let payload = Array(JSONValue.object(jwt.claims).text().utf8)
            let token = try? key.jws(header: .object(header), payload: payload, .es256)
            made[known] = token
            return token
        }
    }

    /// HMAC with that key; an algorithm that is none of HMAC's becomes HS256.
    static func hashed(_ jwt: CompactJWT, header: JSONObject, claims: JSONObject? = nil, key: [UInt8]) -> String {
        var header = header
        if !jwt.isHashed { header["alg"] = "HS256" }
        let unsigned = CompactJWT.segment(header) + "." + (claims.map(CompactJWT.segment) ?? jwt.claimsText)
        return unsigned + "." + code(unsigned, key, jwt.algorithm)
    }

    /// Whether the key is the one the token is signed with; sends nothing.
    static func isKey(_ key: [UInt8], of jwt: CompactJWT) -> Bool {
        jwt.isHashed && code(jwt.headerText + "." + jwt.claimsText, key, jwt.algorithm) == jwt.signatureText
    }

    private static func code(_ text: String, _ key: [UInt8], _ algorithm: String) -> String {
        let hash: HMACRules.Hash =
            switch algorithm {
            case "HS384": .sha384
            case "HS512": .sha512
            default: .sha256
            }
        return CompactJWT.segment(KeyedHash.code(Array(text.utf8), key: key, hash))
    }
}
