import HTTP
import Results

/// The line of one request, and with `-v` what stands below it.
///
/// Mark, status and time first: they line up whatever the names are.
struct CaseLine {
    let paint: Paint
    let text: TerminalText
    let options: ConsoleOptions

    func render(_ outcome: RequestOutcome) -> String {
        let status = outcome.exchange?.status.map(String.init) ?? ""
        let time = outcome.exchange == nil ? "" : ShortTime.text(outcome.duration)
        let name = text.line(CaseNames.title(outcome))
        var line = "  \(mark(outcome.verdict)) \(Self.right(status, 3)) \(paint(Self.right(time, 7), .dim))  "
        switch outcome.verdict {
        case .passed: line += name
        case .failed, .error: line += paint(name, .bold)
        case .skipped(let reason): line += paint(skipped(name, reason), .dim)
        }
        if outcome.attempts > 1 { line += paint(" (\(outcome.attempts) attempts)", .dim) }
        return line + "\n" + (options.verbosity == .verbose ? details(outcome) : "")
    }

    /// Where names begin.
    private var nameColumn: Int { options.hasSymbols ? 17 : 20 }

    private func mark(_ verdict: Verdict) -> String {
        switch verdict {
        case .passed: paint.mark(.passed)
        case .failed: paint.mark(.failed)
        case .error: paint.mark(.error)
        case .skipped: paint.mark(.skipped)
        }
    }

    /// The reason is cut to the line, on a terminal.
    private func skipped(_ name: String, _ reason: String) -> String {
        let whole = "\(name): skipped: \(text.line(reason))"
        guard let width = options.width, options.verbosity != .verbose else { return whole }
        // One column for the ellipsis, and the last one stays free: some terminals wrap when it is filled.
        return whole.cut(to: max(name.count, width - nameColumn - 2))
    }

    private func details(_ outcome: RequestOutcome) -> String {
        guard let exchange = outcome.exchange else { return "" }
        var first = [text.line("\(exchange.method) \(exchange.url)", limit: 2000)]
        if exchange.status != nil { first.append(ExchangeText.size(exchange.bodySize)) }
        if let identity = outcome.identity { first.append("as \(text.line(identity))") }
        let lines = [first.joined(separator: ", ")] + (exchange.timings.map { [Self.phases($0)] } ?? [])
        let indent = String(repeating: " ", count: nameColumn)
        return lines.filter { !$0.isEmpty }.map { indent + paint($0, .dim) + "\n" }.joined()
    }

    /// Phases that took no time are left out: a connection that was open already has neither lookup nor handshake.
    private static func phases(_ timings: HTTPTimings) -> String {
        let phases: [(String, Duration)] = [
            ("name lookup", timings.dns), ("connect", timings.connect), ("TLS", timings.tls),
            ("first byte after", timings.firstByte), ("transfer", timings.transfer),
        ]
        return phases.filter { $0.1 > .zero }.map { "\($0.0) \(ShortTime.text($0.1))" }.joined(separator: ", ")
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
