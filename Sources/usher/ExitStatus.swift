import Results

/// Exit codes (docs: README, "Exit codes").
enum ExitStatus: Sendable, Hashable {
    case passed
    /// An expectation, a contract case, a capture.
    case failed
    /// A usage error or an invalid file.
    case invalid
    /// Nothing failed, but something had no verdict.
    case noVerdict
    /// Nothing was run.
    case nothingRun
    /// A bug, or a report withheld.
    case internalError
    case interrupted(signal: Int32)

    var code: Int32 {
        switch self {
        case .passed: 0
        case .failed: 1
        case .invalid: 2
        case .noVerdict: 3
        case .nothingRun: 4
        case .internalError: 70
        case .interrupted(let signal): 128 + signal
        }
    }

    init(_ totals: RunTotals, allowEmpty: Bool) {
        if totals.failed > 0 {
            self = .failed
        } else if totals.errors > 0 {
            self = .noVerdict
        } else if totals.passed == 0, !allowEmpty {
            self = .nothingRun
        } else {
            self = .passed
        }
    }
}
