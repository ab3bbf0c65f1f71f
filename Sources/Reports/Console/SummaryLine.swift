import JSON
import Results

/// The last lines: `37 passed, 1 failed, 1 without verdict, 2 skipped in 1.2 s`, and what of that is the contract.
struct SummaryLine {
    let paint: Paint

    func render(_ totals: RunTotals, _ contract: ContractCounts = ContractCounts()) -> String {
        let counts: [(Int, String, Paint.Color)] = [
            (totals.passed, "passed", .green), (totals.failed, "failed", .boldRed),
            (totals.errors, "without verdict", .boldYellow), (totals.skipped, "skipped", .dim),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { paint("\($0.0) \($0.1)", $0.2) }
        let cases = parts.isEmpty ? "nothing was run" : parts.joined(separator: ", ")
        let start = totals.isInterrupted ? paint("interrupted", .boldYellow) + ": " : ""
        return "\(start)\(cases) in \(DurationText.display(totals.duration))\n" + contract.render(paint)
            + notRun(totals.contractCasesNotRun)
    }

    private func notRun(_ count: Int) -> String {
        guard count > 0 else { return "" }
        return paint("\(count) contract \(count == 1 ? "case" : "cases") not run (--contract)", .dim) + "\n"
    }
}
