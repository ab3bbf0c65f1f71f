extension Duration {
    /// Rounded; 0 for negative ones, 30 years at most.
    var wholeMilliseconds: Int {
        let limited = min(max(self, .zero), .seconds(1_000_000_000))
        return Int(limited.components.seconds) * 1000
            + Int((Double(limited.components.attoseconds) / 1e15).rounded())
    }
}
