import JSON
import Providers

/// When the document of an identity's `from` ends, by the provider's `from.expiry`.
struct DocumentEnd {
    /// Why a stated end cannot be used; completes "the document of 'from' …". Holds nothing of the document.
    struct Refusal: Error {
        let reason: String
    }

    /// Milliseconds since 1970; nil where the document states none: it is good for the whole run.
    ///
    /// - Parameter readAt: when its source was asked.
    static func of(_ document: JSONNode, _ rules: ExpiryRules, readAt: Int64) throws(Refusal) -> Int64? {
        let stated = rules.at.alternatives.lazy.compactMap { locator -> JSONNode? in
            if case .pointer(let pointer) = locator { pointer.find(in: document) } else { nil }
        }.first
        switch Statement(stated?.value, rules, TokenLifetime.Moment(sent: readAt)) {
        case .absent, .endless: return nil
        case .lifetime(let left): return readAt + left
        case .unusable(let reason): throw Refusal(reason: "cannot be used: at \(rules.at.phrase), \(reason)")
        }
    }
}
