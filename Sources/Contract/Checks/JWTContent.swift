import JSON
import Secrets

/// A token that happens to be a JWT (RFC 7519 §3), decoded and not verified.
struct JWTContent: Sendable {
    let header: JSONObject
    let claims: JSONObject

    /// nil where the text is no JWS in compact form with two JSON objects.
    init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]) else {
            return nil
        }
        self.header = header
        self.claims = claims
    }

    init?(_ token: Secret) { self.init(token.reveal()) }

    private static func object(_ part: Substring) -> JSONObject? {
        Base64.decode(part).flatMap { try? JSONDocument.parse($0).root.value.object }
    }

    var algorithm: String? { header["alg"]?.string }

    /// NumericDate in seconds.
    func seconds(_ claim: String) -> Double? {
        claims[claim]?.number?.double.flatMap { $0.isFinite ? $0 : nil }
    }

    /// `exp − iat` in seconds.
    var lifetime: Double? {
        guard let end = seconds("exp"), let start = seconds("iat"), end > start else { return nil }
        return end - start
    }
}
