import Diagnostics
import Expectations
import Results
import Secrets

/// Messages and texts of JUnit results, redacted and then cut: GitLab takes files up to 30 MB, Jenkins cuts by itself.
struct JUnitText {
    static let messageLimit = 500
    static let sentenceLimit = 4000
    private static let mismatchLimit = 100

    let redactor: Redactor

    func result(_ verdict: Verdict, _ exchange: ExchangeSummary?) -> JUnitCase.Result {
        switch verdict {
        case .passed: .passed
        case .failed(let mismatches): failure(mismatches, exchange)
        case .error(let problem): error(problem, exchange)
        case .skipped(let reason): .skipped(message: cut(reason, Self.messageLimit))
        }
    }

    func error(_ problem: RunProblem, _ exchange: ExchangeSummary? = nil) -> JUnitCase.Result {
        let sentence = cut(problem.message, Self.sentenceLimit)
        let text = [problem.span.map { "\($0.place): \(sentence)" } ?? sentence] + lines(exchange)
        return .error(
            type: problem.kind.rawValue, message: cut(problem.message, Self.messageLimit),
            text: text.joined(separator: "\n"))
    }

    private func failure(_ mismatches: [Mismatch], _ exchange: ExchangeSummary?) -> JUnitCase.Result {
        let more = mismatches.count > 1 ? " (+\(mismatches.count - 1) more)" : ""
        let first = mismatches.first?.sentence ?? "an expectation did not hold"
        var text = mismatches.prefix(Self.mismatchLimit).map {
            "\($0.span.place): \(cut($0.sentence, Self.sentenceLimit))"
        }
        if mismatches.count > Self.mismatchLimit { text.append("and \(mismatches.count - Self.mismatchLimit) more") }
        return .failure(
            type: "expectation", message: cut(first, Self.messageLimit) + more,
            text: (text + lines(exchange)).joined(separator: "\n"))
    }

    func lines(_ exchange: ExchangeSummary?) -> [String] {
        guard let exchange else { return [] }
        var lines = ["", cut(ExchangeText.summary(exchange), Self.sentenceLimit)]
        if let excerpt = exchange.bodyExcerpt, !excerpt.isEmpty { lines.append(cut(excerpt, Self.sentenceLimit)) }
        if let curl = exchange.curl { lines += ["", cut(curl, Self.sentenceLimit)] }
        return lines
    }

    func cut(_ text: String, _ limit: Int) -> String {
        redactor.redact(text).cut(to: limit)
    }
}
