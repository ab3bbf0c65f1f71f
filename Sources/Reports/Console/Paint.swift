/// Colours and marks, or their plain stand-ins.
struct Paint: Sendable {
    enum Color: String {
        case bold = "1", dim = "2", red = "31", green = "32", yellow = "33", boldRed = "1;31", boldYellow = "1;33"
    }

    enum Mark {
        case passed, failed, error, skipped
        /// Of contract cases: what does not fail the run, and what could not be judged.
        case warned, unknown
    }

    let hasColor: Bool
    let hasSymbols: Bool

    func callAsFunction(_ text: String, _ color: Color) -> String {
        hasColor && !text.isEmpty ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Stand-ins for the signs that we print ourselves, where the terminal cannot show them.
    func spell(_ text: String) -> String {
        guard !hasSymbols else { return text }
        let words: [Character: String] = ["›": ">", "…": "...", "–": "-", "«": "<", "»": ">"]
        return text.reduce(into: "") { $0 += words[$1] ?? String($1) }
    }

    func mark(_ mark: Mark) -> String {
        switch mark {
        case .passed: self(hasSymbols ? "✓" : "ok  ", .green)
        case .failed: self(hasSymbols ? "✗" : "FAIL", .red)
        case .error: self(hasSymbols ? "!" : "ERR ", .yellow)
        case .skipped: self(hasSymbols ? "–" : "skip", .dim)
        case .warned: self(hasSymbols ? "~" : "warn", .yellow)
        case .unknown: self(hasSymbols ? "?" : "?   ", .yellow)
        }
    }
}
