package import Providers
package import Results

/// What was found, told as what it means for a sentence of the vendor's page.
package struct PromiseReport: Sendable {
    private let promise: Promise

    package init(_ promise: Promise) { self.promise = promise }

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
                .deviation, "Deviation: not as the vendor says, '\(promise.says)' (\(promise.source)): \(words).",
                expected: promise.says, actual: words, sent: exchange.sent, source: promise.source)
            return (.failed(finding), exchange)
        }
    }

    private func told(_ finding: ContractFinding) -> ContractFinding {
        var told = finding
        let reason = finding.sentence.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
        told.sentence =
            "\(finding.kind.rawValue): not as the vendor says, '\(promise.says)' (\(promise.source)): \(reason)"
        told.source = promise.source
        return told
    }
}
