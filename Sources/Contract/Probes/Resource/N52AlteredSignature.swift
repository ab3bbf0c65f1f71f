import HTTP
import Providers
import Tokens

extension ResourceProbe {
    /// A signed request with a signature that is not its own, and one that was changed after it had been signed.
    static let alteredSignature = ResourceProbe("N-52", .alteredCredential, class: 2) { material in
        material.attempt { () throws(CredentialError) in
            guard let fields = try SignatureFields(material) else { return [] }
            var requests = [fields.changing("with one character of the signature changed", FakeCredential.altered)]
            if material.signatureCoversQuery {
                requests.append(
                    fields.afterwards("with a parameter added after it was signed") { $0.url.appendQuery("usher=1") })
            }
            return requests
        }.orImpossible("the request carries no signature in a header field")
    }
}

extension ProbeMaterial {
    /// Whether a change of the parameters must be noticed.
    fileprivate var signatureCoversQuery: Bool {
        switch identity.provider.sign {
        case .awsSigV4, .oauth1: true
        case .httpSignature(let rules):
            rules.components.contains { ["@query", "@target-uri", "@request-target"].contains($0.name) }
        // The vendor's own text may leave them out; WSSE signs nothing of the request, DPoP the path only.
        case .hmac, .wsse, .digest, .dpop, nil: false
        }
    }
}
