import Results

/// `contract: 212 kept, 1 hole, 2 deviations, 3 warnings, 4 without verdict, 20 skipped`
struct ContractCounts {
    private var kept = 0
    private var holes = 0
    private var deviations = 0
    private var warnings = 0
    private var withoutVerdict = 0
    private var skipped = 0

    mutating func count(_ verdict: ContractVerdict) {
        switch verdict {
        case .passed: kept += 1
        case .failed(let finding) where finding.kind == .hole: holes += 1
        case .failed: deviations += 1
        case .warned: warnings += 1
        case .noVerdict: withoutVerdict += 1
        case .skipped: skipped += 1
        }
    }

    /// Empty where no contract case was met.
    func render(_ paint: Paint) -> String {
        let counts: [(Int, String, Paint.Color)] = [
            (kept, "kept", .green), (holes, holes == 1 ? "hole" : "holes", .boldRed),
            (deviations, deviations == 1 ? "deviation" : "deviations", .boldRed),
            (warnings, warnings == 1 ? "warning" : "warnings", .boldYellow),
            (withoutVerdict, "without verdict", .boldYellow), (skipped, "skipped", .dim),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { paint("\($0.0) \($0.1)", $0.2) }
        return parts.isEmpty ? "" : "contract: \(parts.joined(separator: ", "))\n"
    }
}
