import Providers
import Results

/// What one collection's requests and probes showed, for the promises that they are the test of; does not grow with the
/// number of requests.
struct ContractLedger: Sendable {
    /// What is known of a promise that a request covers.
    struct Coverage: Sendable {
        /// The request that shows it; one that failed goes before those that passed.
        var request: String
        var verdict: ContractVerdict
    }

    /// By probe: the worst that was seen, and where.
    private(set) var probes: [ProbeName: Coverage] = [:]
    /// By promise id.
    private(set) var covered: [String: Coverage] = [:]

    mutating func note(_ probe: ProbeName, _ request: String, _ verdict: ContractVerdict) {
        Self.note(&probes[probe], request, verdict)
    }

    mutating func note(covering promise: String, _ request: String, _ verdict: ContractVerdict) {
        Self.note(&covered[promise], request, verdict)
    }

    private static func note(_ entry: inout Coverage?, _ request: String, _ verdict: ContractVerdict) {
        if let known = entry, known.verdict.weight >= verdict.weight { return }
        entry = Coverage(request: request, verdict: verdict)
    }
}

extension ContractVerdict {
    /// What counts where several say something about the same: a finding before a pass, a pass before nothing at all.
    fileprivate var weight: Int {
        switch self {
        case .failed: 4
        case .warned: 3
        case .passed: 2
        case .noVerdict: 1
        case .skipped: 0
        }
    }
}
