import HTTP
import Tokens

extension ResourceProbe {
    /// An id that cannot exist and no credential: the credential comes first.
    static let unknownID = ResourceProbe("RES-22", class: 1) { material in
        guard material.hasCredential else { return .impossible("the identity has no credential to leave out") }
        guard let segment = material.idSegment, let path = ImpossibleID.path(material.request.url.path, at: segment)
        else {
            return .impossible("no part of its path is an id")
        }
        return material.attempt { () throws(CredentialError) in
            [
                try material.bare("without credential, with an id that cannot exist") { $0.url.path = path }
            ]
        }
    }
}
