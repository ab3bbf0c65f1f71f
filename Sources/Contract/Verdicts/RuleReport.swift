import HTTP
package import Results
import Secrets

/// From a check's verdict to a case: how much it weighs, and in which words.
package struct RuleReport: Sendable {
    package let rule: Rule
    package let claims: PackClaims

    package init(rule: Rule, claims: PackClaims) {
        self.rule = rule
        self.claims = claims
    }

    package struct Settled: Sendable {
        package let verdict: ContractVerdict
        package let weight: CaseVerdict.Weight
        package let remarks: [String]
        package let exchange: ProbeExchange?

        package init(
            verdict: ContractVerdict, weight: CaseVerdict.Weight = .remark, remarks: [String] = [],
            exchange: ProbeExchange? = nil
        ) {
            self.verdict = verdict
            self.weight = weight
            self.remarks = remarks
            self.exchange = exchange
        }
    }

    /// - Parameter subject: the request or the identity that it was tried with.
    package func settle(_ verdict: RuleVerdict, subject: String) -> Settled {
        switch verdict {
        case .kept: Settled(verdict: .passed)
        case .observed(let sentence): Settled(verdict: .passed, remarks: [sentence])
        case .notTestable(let reason): Settled(verdict: .skipped(reason))
        case .noVerdict(let sentence):
            Settled(verdict: .noVerdict(sentence.hasPrefix("No verdict") ? sentence : "No verdict: \(sentence)"))
        case .broken(let expected, let actual, let exchange):
            broken(expected, actual, exchange, isHole: rule.access && (200...299).contains(exchange.status ?? 0))
        case .letIn(let expected, let actual, let exchange): broken(expected, actual, exchange, isHole: true)
        }
    }

    /// A rule of a pack that is not claimed never fails a build, and an observation is never wrong.
    private var weight: CaseVerdict.Weight {
        switch rule.severity {
        case .observation: .remark
        case .hole, .must: claims.mayFail(rule) ? .failure : .remark
        case .should: claims.mayFail(rule) ? .warning : .remark
        }
    }

    private func broken(
        _ expected: String, _ actual: String, _ exchange: ProbeExchange, isHole: Bool
    ) -> Settled {
        let kind: ContractFinding.Kind = isHole ? .hole : .deviation
        let request = "\(exchange.request.method) \(exchange.request.shownURL)"
        let sentence =
            "\(kind.rawValue): not as the rule says, '\(rule.title)': \(request), sent \(exchange.sent): expected "
            + "\(expected), got \(actual). Rule \(rule.id) (\(rule.source))."
        let finding = ContractFinding(
            kind, sentence, expected: expected, actual: actual, sent: exchange.sent, source: rule.source)
        return Settled(verdict: .failed(finding), weight: weight, exchange: exchange)
    }
}
