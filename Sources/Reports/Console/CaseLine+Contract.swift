import Results

/// The line of one contract case.
extension CaseLine {
    func render(_ outcome: ContractOutcome) -> String {
        let name = text.line(CaseNames.title(outcome))
        let rest = cut(self.rest(outcome.verdict), after: name)
        var line = start(Self.mark(outcome.verdict), outcome.exchange, outcome.duration)
        switch outcome.verdict {
        case .passed: line += name
        case .failed: line += paint(name, .bold) + paint(rest, .red)
        case .warned, .noVerdict: line += name + paint(rest, .yellow)
        case .skipped: line += paint(name + rest, .dim)
        }
        return line + "\n" + details(outcome.exchange, identity: caller(outcome), notes: outcome.remarks)
    }

    private static func mark(_ verdict: ContractVerdict) -> Paint.Mark {
        switch verdict {
        case .passed: .passed
        case .failed: .failed
        case .warned: .warned
        case .noVerdict: .unknown
        case .skipped: .skipped
        }
    }

    private func rest(_ verdict: ContractVerdict) -> String {
        switch verdict {
        case .passed: ""
        case .failed(let finding): ": \(finding.kind.rawValue), \(brief(finding))"
        case .warned(let finding): ": warning, \(brief(finding))"
        case .noVerdict(let sentence): ": \(text.line(sentence))"
        case .skipped(let reason): ": skipped: \(text.line(reason))"
        }
    }

    private func brief(_ finding: ContractFinding) -> String {
        "expected \(text.line(finding.expected)), got \(text.line(finding.actual))"
    }

    /// A broken credential is nobody's.
    private func caller(_ outcome: ContractOutcome) -> String? {
        guard case .access(let caller, _) = outcome.kind else { return nil }
        return caller
    }
}
