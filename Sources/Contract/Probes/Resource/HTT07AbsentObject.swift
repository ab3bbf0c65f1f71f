import HTTP
import Tokens

extension ResourceProbe {
    /// The good credential and an id that cannot exist: what a business failure looks like.
    static let absentObject = ResourceProbe("HTT-07", class: 2) { material in
        guard let segment = material.idSegment, let path = ImpossibleID.path(material.request.url.path, at: segment)
        else {
            return .impossible("no part of its path is an id")
        }
        return material.attempt { () throws(CredentialError) in
            var derived = try material.derived("with its credential, for an id that cannot exist", material.placements)
            derived.request.url.path = path
            return [derived]
        }
    }
}
