/// The counts of a run; requests and credentials alike are cases.
package struct RunTotals: Sendable, Hashable {
    package var passed = 0
    package var failed = 0
    package var errors = 0
    package var skipped = 0
    /// Contract cases that a run without `--contract` left out.
    package var contractCasesNotRun = 0
    package var duration: Duration = .zero
    /// Ended by a signal; what was not run stands as skipped.
    package var isInterrupted = false

    package init() {}

    package var cases: Int { passed + failed + errors + skipped }

    package mutating func count(_ verdict: Verdict) {
        switch verdict {
        case .passed: passed += 1
        case .failed: failed += 1
        case .error: errors += 1
        case .skipped: skipped += 1
        }
    }
}
