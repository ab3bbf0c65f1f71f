import JSON
import Secrets

/// The times in a token that happens to be a JWT (RFC 7519 §4.1); nothing is verified, the token is not ours to judge.
package struct JWTClaims: Sendable, Hashable {
    /// Milliseconds since 1970.
    package let expires: Int64?
    package let issued: Int64?

    package init(expires: Int64?, issued: Int64?) {
        self.expires = expires
        self.issued = issued
    }

    /// nil where the text is no JWS in compact form with a JSON object as its payload.
    package init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64.decode(parts[0]), let payload = Base64.decode(parts[1]),
            (try? JSONDocument.parse(header))?.root.kind == .object,
            let claims = (try? JSONDocument.parse(payload))?.root,
            claims.kind == .object
        else { return nil }
        expires = Self.milliseconds(claims["exp"])
        issued = Self.milliseconds(claims["iat"])
    }

    /// NumericDate: seconds, perhaps with a fraction.
    private static func milliseconds(_ node: JSONNode?) -> Int64? {
        guard let seconds = node?.number?.double, seconds.isFinite, abs(seconds) < 1e12 else { return nil }
        return Int64((seconds * 1000).rounded(.down))
    }
}
