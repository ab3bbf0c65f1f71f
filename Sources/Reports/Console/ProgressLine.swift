import JSON

/// How far the run is: `12 of 40, 1 failed, 45/s, about 6 s left`.
///
/// Holds no names, so it fits any terminal and nothing in it needs masking.
struct ProgressLine {
    var total: Int
    var done = 0
    var contractCases = 0
    var failed = 0

    /// - Parameter elapsed: since the run started; rate and time left are shown once they mean something.
    func text(elapsed: Duration, width: Int) -> String {
        var parts = [total > 0 ? "\(done) of \(max(done, total))" : "\(done) done"]
        if contractCases > 0 { parts.append("\(contractCases) contract \(contractCases == 1 ? "case" : "cases")") }
        if failed > 0 { parts.append("\(failed) not passed") }
        let seconds = elapsed / .seconds(1)
        if seconds >= 0.5, done > 0 {
            let rate = Double(done) / seconds
            parts.append(Self.rate(rate))
            if total > done, seconds >= 2 {
                parts.append("about \(DurationText.display(.seconds((Double(total - done) / rate).rounded(.up)))) left")
            }
        }
        return parts.joined(separator: ", ").cut(to: max(1, width - 4))
    }

    private static func rate(_ rate: Double) -> String {
        if rate >= 10 { return "\(Int(min(rate, 1e9).rounded()))/s" }
        let tenths = Int((rate * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)/s"
    }
}
