import Secrets
import Tokens

extension TokenProbe {
    /// RFC 6749 §5.2.
    static let wrongSecret = TokenProbe("T-01", class: 3, isFailedLogin: true) { (material) throws(Impossible) in
        var parts = try material.loginParts()
        guard let place = try material.credential().secrets.first, let text = parts.text(place) else {
            throw Impossible("the token request shows no secret in plain form")
        }
        let isSigned = CompactJWT(text) != nil
        let altered = isSigned ? MadeUp.alteredSignature(text) : MadeUp.altered(text)
        parts.set(place, altered)
        var derived = DerivedTokenRequest(
            sent: "\(isSigned ? "the signed assertion" : "the secret") with one character changed",
            request: parts.request)
        let label = "\(material.identity.name).altered"
        derived.made = [Secret(altered, label: label)] + (parts.basicPair.map { [Secret($0, label: label)] } ?? [])
        return [derived]
    }
}
