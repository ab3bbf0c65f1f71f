import Diagnostics
import Expectations
import Results
import Secrets

/// What is said at the end about a case that did not pass: what was expected, what came, where it stands, how to repeat
/// it.
struct FailureBlock {
    private static let mismatchLimit = 20
    private static let bodyLines = 12

    let paint: Paint
    let text: TerminalText

    /// nil for cases that passed or were skipped.
    func render(_ outcome: RequestOutcome, in collection: String) -> String? {
        let title = "\(collection) › \(CaseNames.title(outcome))"
        switch outcome.verdict {
        case .passed, .skipped: return nil
        case .failed(let mismatches):
            return block(
                heading(.failed, title), exchange(outcome) + expectations(mismatches), repeating: outcome.exchange)
        case .error(let problem):
            return block(heading(.error, title), exchange(outcome) + self.problem(problem), repeating: outcome.exchange)
        }
    }

    /// nil where the credential was to be had.
    func render(_ outcome: CredentialOutcome) -> String? {
        guard let problem = outcome.problem else { return nil }
        var problemHere = problem
        problemHere.span = problem.span ?? outcome.span
        return block(heading(.error, "\(outcome.identity) (\(outcome.provider))"), self.problem(problemHere))
    }

    private func block(_ heading: String, _ lines: [String], repeating exchange: ExchangeSummary? = nil) -> String {
        let all = lines + body(exchange) + curl(exchange)
        return heading + "\n" + all.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    }

    private func heading(_ mark: Paint.Mark, _ title: String) -> String {
        "\(paint.mark(mark)) \(paint(text.line(title), .bold))"
    }

    private func exchange(_ outcome: RequestOutcome) -> [String] {
        guard let exchange = outcome.exchange else { return [] }
        let summary = text.line(ExchangeText.summary(exchange), limit: 2000)
        let identity = outcome.identity.map { ", as \(text.line($0))" } ?? ""
        return [paint("\(summary) in \(ShortTime.text(outcome.duration))\(identity)", .dim)]
    }

    private func expectations(_ mismatches: [Mismatch]) -> [String] {
        var lines: [String] = []
        for mismatch in mismatches.prefix(Self.mismatchLimit) {
            lines.append(paint(text.line(mismatch.sentence, limit: 1000), .red))
            lines += place(mismatch.span, .error)
        }
        let more = mismatches.count - Self.mismatchLimit
        if more > 0 { lines.append("and \(more) more \(more == 1 ? "expectation" : "expectations") that did not hold") }
        return lines
    }

    private func problem(_ problem: RunProblem) -> [String] {
        [paint(text.line(problem.message, limit: 1000), .yellow)]
            + (problem.span.map { place($0, .warning) } ?? [])
    }

    private func place(_ span: Span, _ severity: Diagnostic.Severity) -> [String] {
        text.redactor.excerpt(span, severity, style: paint.hasColor ? .ansi : .plain)
    }

    private func body(_ exchange: ExchangeSummary?) -> [String] {
        guard let excerpt = exchange?.bodyExcerpt, !excerpt.isEmpty else { return [] }
        let lines = text.lines(excerpt, limit: Self.bodyLines, width: 300)
        return lines.count == 1 ? ["body: \(lines[0])"] : ["body:"] + lines.map { "  \($0)" }
    }

    private func curl(_ exchange: ExchangeSummary?) -> [String] {
        guard let curl = exchange?.curl else { return [] }
        return [paint(curl.hasPrefix("#") ? "" : "$ ", .dim) + text.line(curl, limit: 4000)]
    }
}
