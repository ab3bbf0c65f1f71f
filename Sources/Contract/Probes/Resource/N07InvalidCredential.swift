import Providers
import Tokens

extension ResourceProbe {
    /// A credential nobody issued. Of a user name and password both are invented: nobody's account is locked by it.
    static let invalidCredential = ResourceProbe("N-07", .invalidCredential, class: 1) { material in
        material.attempt { () throws(CredentialError) in
            if !material.parts.isEmpty {
                return [
                    try material.changing("with an invented credential of the same length") { part in
                        part.value(everything: FakeCredential.like(part.core))
                    }
                ]
            }
            return try SignatureFields(material).map {
                [$0.changing("with an invented signature") { FakeCredential.word($0.count) }]
            } ?? []
        }.orImpossible("nothing of the credential stands in the request")
    }
}
