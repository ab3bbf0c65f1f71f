import HTTP
import Tokens

extension ResourceProbe {
    /// Right after an authorised GET the same one without credential, over the same connection where the pool gives it: a
    /// cache on the way, or a server that binds an identity to the connection (N-50), would let it in.
    static let cachedAnswer = ResourceProbe("N-51", class: 1) { material in
        guard material.hasCredential, material.request.method == .get else {
            return .impossible("only a GET with a credential could be answered by a cache")
        }
        return material.attempt { () throws(CredentialError) in
            // Some caches keep an answer only once it was asked for again; a signature may be good for one request.
            var requests: [DerivedRequest] = []
            for _ in 1...3 { requests.append(try material.derived("with its credential", material.placements)) }
            return requests + [try material.bare("without credential, right after the same request with it")]
        }
    }
}
