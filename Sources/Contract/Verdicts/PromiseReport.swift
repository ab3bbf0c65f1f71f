package import Providers
package import Results

/// What was found, told as what it means for a sentence of the vendor's page.
package struct PromiseReport: Sendable {
    private let promise: Promise

    package init(_ promise: Promise) { self.promise = promise }

    /// As reports name it.
    package var note: RuleNote {
        RuleNote(promise.id, title: promise.says, source: promise.source, why: Self.why, hole: Self.hole)
    }

    private static let why =
        "Programs are written by the vendor's page and fail where the server does something else. The vendor must mend "
        + "the server or the page; where the page has changed, mend the promise in the provider file."
    private static let hole =
        "Somebody gets in whom the vendor's page keeps out. The vendor must mend the server; where the page has changed, "
        + "mend the promise in the provider file."

    package func told(_ verdict: ContractVerdict) -> ContractVerdict {
        switch verdict {
        case .failed(let finding), .warned(let finding): .failed(told(finding))
        case .passed, .noVerdict, .skipped: verdict
        }
    }

    /// Of a promise about the answers of a token service.
    package func told(_ verdict: PromiseVerdict) -> (verdict: ContractVerdict, exchange: ProbeExchange?) {
        switch verdict {
        case .kept(let exchange): return (.passed, exchange)
        case .notTestable(let reason): return (.skipped(reason), nil)
        case .broken(let sentences, let exchange):
            let words = sentences.joined(separator: "; ")
            let finding = ContractFinding(
                .deviation,
                "Deviation: not as the vendor says, '\(promise.says)' (\(promise.source)): \(words). "
                    + "Values of answers with tokens are not shown.",
                expected: promise.says, actual: words, sent: exchange.sent, source: promise.source)
            return (.failed(finding), exchange)
        }
    }

    private func told(_ finding: ContractFinding) -> ContractFinding {
        var told = finding
        var reason = String(finding.sentence.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
        // The page's sentence is said once.
        if let source = finding.source, source.contains(promise.says) {
            reason = reason.replacing(" (\(source))", with: "")
        }
        told.sentence = "\(finding.kind.rawValue): \(manner): \(reason)"
        told.source = promise.source
        return told
    }

    /// A request may fail for another reason than the sentence that it is the test of.
    private var manner: String {
        switch promise.subject {
        case .answer(.collection):
            "the test of what the vendor says, '\(promise.says)' (\(promise.source)), did not hold"
        case .answer(.token), .answer(.refresh), .probe:
            "not as the vendor says, '\(promise.says)' (\(promise.source))"
        }
    }
}
