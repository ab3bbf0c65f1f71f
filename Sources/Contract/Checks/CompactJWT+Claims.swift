import JSON
import Secrets

/// What a token says about itself (RFC 7519 §4); nothing is verified.
extension CompactJWT {
    init?(_ token: Secret) { self.init(token.reveal()) }

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
