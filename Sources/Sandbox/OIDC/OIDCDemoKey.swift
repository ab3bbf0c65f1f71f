import Crypto
import JSON

/// The key pair of the one client that shows itself by signed assertions. Both halves are public on purpose, like the
/// secrets of the others: it opens nothing outside the process that serves it.
package enum OIDCDemoKey {
    package static let client = "demo-oidc-client-signer"

    /// As a JWK (RFC 7517, 7518 §6.2), with its private half.
    package static let jwk = """
        {"kty":"EC","crv":"P-256","alg":"ES256","kid":"demo-oidc-key-not-real",\
        "x":"Eyzx1--3-D8hOmD6-OojUaF0QqZ0bpHpKXWcdXFYUVc","y":"7FOiHkJijJ63sRTQOQtbYSHRfF-mNKQnjlk0d8oyn0Y",\
        "d":"tGZCFhApWwTph4AfezPWtJPwiLonn8H3MinTG8BomTI"}
        """

    /// The public half, which is all that the server looks at.
    static let publicKey: P256.Signing.PublicKey? = {
        guard let members = (try? JSONDocument.parse(Array(jwk.utf8)))?.root.value.object else { return nil }
        let point = ["x", "y"].compactMap { members[$0]?.string }.compactMap { Base64URL.decode(Substring($0)) }
        return try? P256.Signing.PublicKey(rawRepresentation: point.flatMap(\.self))
    }()

    /// nil: that client has a secret.
    static func of(_ name: String) -> P256.Signing.PublicKey? { name == client ? publicKey : nil }
}
