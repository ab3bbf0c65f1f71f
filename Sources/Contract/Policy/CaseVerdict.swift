import Diagnostics
import Providers
package import Results

/// From what was found to what is reported: waivers, `--strict`, and rules that may not fail a build.
package struct CaseVerdict: Sendable {
    package let policy: ContractPolicy
    package let waivers: WaiverBook

    package init(policy: ContractPolicy, waivers: WaiverBook) {
        self.policy = policy
        self.waivers = waivers
    }

    /// How much a finding weighs.
    package enum Weight: Sendable {
        case failure, warning
        /// A remark beside a case that passed.
        case remark
    }

    package struct Result: Sendable {
        package let verdict: ContractVerdict
        package let remarks: [String]
    }

    /// - Parameters:
    ///   - names: a waiver may use: the rule, the promise, the probe.
    ///   - request: nil where the case is about a token service.
    package func settle(
        _ verdict: ContractVerdict, weight: Weight = .failure, names: [String], request: String?
    ) -> Result {
        switch verdict {
        case .failed(let finding), .warned(let finding):
            if let waiver = waivers.waiver(for: names, request: request, isHole: finding.kind == .hole) {
                return Result(verdict: .passed, remarks: ["waived: \(waiver.because)", finding.sentence])
            }
            return weigh(finding, weight)
        case .passed:
            guard let waiver = waivers.waiver(for: names, request: request, isHole: false) else {
                return Result(verdict: .passed, remarks: [])
            }
            return Result(
                verdict: .passed, remarks: ["the waiver of \(waiver.rule) is no longer needed: \(waiver.span.place)"])
        case .noVerdict, .skipped: return Result(verdict: verdict, remarks: [])
        }
    }

    /// A hole is never less than a failure.
    private func weigh(_ finding: ContractFinding, _ weight: Weight) -> Result {
        switch weight {
        case .failure: Result(verdict: .failed(finding), remarks: [])
        case .warning where finding.kind == .hole || policy.isStrict: Result(verdict: .failed(finding), remarks: [])
        case .warning: Result(verdict: .warned(finding), remarks: [])
        case .remark: Result(verdict: .passed, remarks: [finding.sentence])
        }
    }
}
