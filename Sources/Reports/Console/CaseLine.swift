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
        let name = text.line(CaseNames.title(outcome))
        var line = start(mark(outcome.verdict), outcome.exchange, outcome.duration)
        switch outcome.verdict {
        case .passed: line += name
        case .failed, .error: line += paint(name, .bold)
        case .skipped(let reason): line += paint(name + cut(": skipped: \(text.line(reason))", after: name), .dim)
        }
        if outcome.attempts > 1 { line += paint(" (\(outcome.attempts) attempts)", .dim) }
        return line + "\n" + details(outcome.exchange, identity: outcome.identity)
    }

    /// Mark, status and time.
    func start(_ mark: Paint.Mark, _ exchange: ExchangeSummary?, _ duration: Duration) -> String {
        let status = exchange?.status.map(String.init) ?? ""
        let time = exchange == nil ? "" : ShortTime.text(duration)
        return "  \(paint.mark(mark)) \(Self.right(status, 3)) \(paint(Self.right(time, 7), .dim))  "
    }

    /// What follows a name, cut to the line on a terminal.
    func cut(_ rest: String, after name: String) -> String {
        guard let width = options.width, options.verbosity != .verbose else { return rest }
        // One column for the ellipsis, and the last one stays free: some terminals wrap when it is filled.
        return rest.cut(to: max(0, width - nameColumn - 2 - name.count))
    }

    /// Where names begin.
    private var nameColumn: Int { options.hasSymbols ? 17 : 20 }

    private func mark(_ verdict: Verdict) -> Paint.Mark {
        switch verdict {
        case .passed: .passed
        case .failed: .failed
        case .error: .error
        case .skipped: .skipped
        }
    }

    /// With `-v`.
    func details(_ exchange: ExchangeSummary?, identity: String?, notes: [String] = []) -> String {
        guard options.verbosity == .verbose else { return "" }
        let lines = (exchange.map { details($0, identity) } ?? []) + notes.map { "note: \(text.line($0, limit: 2000))" }
        let indent = String(repeating: " ", count: nameColumn)
        return lines.filter { !$0.isEmpty }.map { indent + paint($0, .dim) + "\n" }.joined()
    }

    private func details(_ exchange: ExchangeSummary, _ identity: String?) -> [String] {
        var first = [text.line("\(exchange.method) \(exchange.url)", limit: 2000)]
        if exchange.status != nil { first.append(ExchangeText.size(exchange.bodySize)) }
        if let identity { first.append("as \(text.line(identity))") }
        return [first.joined(separator: ", ")] + (exchange.timings.map { [Self.phases($0)] } ?? [])
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
