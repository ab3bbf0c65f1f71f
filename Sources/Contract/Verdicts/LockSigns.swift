package import HTTP
import Secrets

/// Signs in an answer that going on would do harm: the server asks for fewer requests, or says that somebody is locked.
package enum LockSigns {
    private static let words = ["account locked", "is locked", "locked out", "too many failed", "temporarily blocked"]

    /// Completes "no more probes: …"; nil: nothing of the kind.
    package static func reason(in response: HTTPResponse) -> String? {
        switch response.status {
        case 423: return "the server answered 423 Locked"
        case 429: return "the server asks for fewer requests (429)"
        case 400...499:
            let text = String(decoding: response.body.prefix(4096), as: UTF8.self).lowercased()
            return words.first(where: text.contains).map { "the server says '\($0)'" }
        default: return nil
        }
    }
}
