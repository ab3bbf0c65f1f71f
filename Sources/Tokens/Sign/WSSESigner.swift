import HTTP
import JSON
import Providers
import Secrets

/// `X-WSSE: UsernameToken`: a hash over nonce, time and password in each call.
struct WSSESigner: RequestSigner {
    let context: SigningContext
    let username: String
    let password: Secret
    /// The hash is written as hexadecimal before base64, as some vendors do it.
    let isHexadecimal: Bool

    func sign(_ request: inout HTTPRequest) throws(CredentialError) {
        let nonce = Hexadecimal.encode(context.chance.bytes(16))
        let created = CalendarTime(context.clock.wall() / 1000 * 1000).rfc3339
        let digest = Self.digest(nonce, created, password.reveal(), isHexadecimal: isHexadecimal)
        let value =
            "UsernameToken Username=\"\(username)\", PasswordDigest=\"\(digest)\", Nonce=\"\(nonce)\", "
            + "Created=\"\(created)\""
        context.set("X-WSSE", value, isSensitive: true, in: &request)
    }

    static func digest(_ nonce: String, _ created: String, _ password: String, isHexadecimal: Bool = false) -> String {
        let hash = KeyedHash.hash(Array((nonce + created + password).utf8), .sha1)
        return Base64.encode(isHexadecimal ? Array(Hexadecimal.encode(hash).utf8) : hash)
    }
}
