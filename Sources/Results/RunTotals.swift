/// The counts of a run; requests and credentials alike are cases.
package struct RunTotals: Sendable, Hashable {
    package var passed = 0
    package var failed = 0
    package var errors = 0
    package var skipped = 0
    /// Findings that do not fail the run; their cases are among those that passed.
    package var warnings = 0
    /// Contract cases that a run without `--contract` left out.
    package var contractCasesNotRun = 0
    package var duration: Duration = .zero
    /// Ended by a signal; what was not run stands as skipped.
    package var isInterrupted = false

    package init() {}

    package var cases: Int { passed + failed + errors + skipped }

    package mutating func count(_ verdict: ContractVerdict) {
        switch verdict {
        case .passed: passed += 1
        case .warned:
            passed += 1
            warnings += 1
        case .failed: failed += 1
        case .noVerdict: errors += 1
        case .skipped: skipped += 1
        }
    }

    package mutating func count(_ verdict: Verdict) {
        switch verdict {
        case .passed: passed += 1
        case .failed: failed += 1
        case .error: errors += 1
        case .skipped: skipped += 1
        }
    }
}
