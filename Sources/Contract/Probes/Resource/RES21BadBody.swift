import Tokens

extension ResourceProbe {
    /// A body that is none and no credential: the credential comes first.
    static let badBody = ResourceProbe("RES-21", class: 1) { material in
        guard material.hasCredential else { return .impossible("the identity has no credential to leave out") }
        guard let form = HarmlessForm(material.request, idSegment: nil) else {
            return .impossible("the request has no JSON body")
        }
        return material.attempt { () throws(CredentialError) in
            [
                try material.bare("without credential, \(form.words)") { $0 = form.request }
            ]
        }
    }
}
