import Expectations
import HTTP
import JSON
import Results

/// The sentences about one refusal (product.md §3): a reader knows HTTP, and nothing of OAuth.
struct DenialWording {
    private let denial: DenialCase

    init(_ denial: DenialCase) { self.denial = denial }

    private var expected: String {
        denial.documented?.expected ?? (denial.usual.contains(400) ? "400, 401, 403 or 404" : "401, 403 or 404")
    }

    /// Without the query, and before a credential is in it.
    private var target: String {
        var url = denial.plain.url
        url.query = nil
        return "\(denial.probe.request.method) \(url.text)"
    }

    private var sent: String { denial.probe.sent }

    /// ` Documented: 401 (zarv, '…'). Rule RES-02.`
    private var reasons: String {
        let word = denial.documented == nil ? "Expected" : "Documented"
        let source = denial.source.map { " (\($0))" } ?? ""
        return " \(word): \(expected)\(source)." + (denial.rule.map { " Rule \($0.id)." } ?? "")
    }

    // MARK: Findings

    /// - Parameter how: ` with the same body as `acme``.
    func hole(_ status: Int, _ how: String) -> ContractFinding {
        finding(
            .hole, "Hole: `\(denial.subject)` let a caller in \(sent): \(target) answered \(status)\(how).\(reasons)",
            String(status))
    }

    func deviation(_ actual: String) -> ContractFinding {
        deviation(actual, saying: "\(actual), expected \(expected)")
    }

    /// The status may be right, and something else about the answer not.
    func deviation(_ status: Int, _ mismatches: [Mismatch]) -> ContractFinding {
        guard !mismatches.isEmpty, mismatches.allSatisfy({ $0.subject != "status" }) else {
            return deviation(named(status))
        }
        let text = "\(status); " + mismatches.map(\.sentence).joined(separator: "; ")
        return deviation(text, saying: text)
    }

    private func deviation(_ actual: String, saying text: String) -> ContractFinding {
        let manner = denial.documented == nil ? "usual" : "documented"
        let tail = denial.source == nil && denial.rule == nil ? "" : reasons
        return finding(
            .deviation,
            "Deviation: `\(denial.subject)` \(sent): refused, but not as \(manner): \(text). Nobody got in." + tail,
            actual)
    }

    private func finding(_ kind: ContractFinding.Kind, _ sentence: String, _ actual: String) -> ContractFinding {
        ContractFinding(
            kind, sentence, expected: expected, actual: actual, sent: sent,
            source: denial.source ?? denial.rule?.source)
    }

    /// The status with what it means where that is a surprise.
    func named(_ status: Int) -> String {
        switch status {
        case 300..<400: "\(status), sent elsewhere instead of refused"
        case 500...: "\(status), the server failed"
        default: String(status)
        }
    }

    // MARK: No verdict

    private func noVerdict(_ rest: String) -> String {
        "No verdict: whether `\(denial.subject)` refuses a caller \(sent) cannot be told: \(rest)."
            + (denial.rule.map { " Rule \($0.id)." } ?? "")
    }

    func noAnswer(_ error: TransportError) -> String { noVerdict("there was no answer (\(error.message))") }

    func unheard(_ status: Int, _ why: String) -> String { noVerdict("\(target) answered \(status), \(why)") }

    func unlike(_ status: Int, _ difference: String) -> String {
        noVerdict(
            "\(target) answered \(status), but \(difference), compared with the answer to `\(denial.identity)`")
    }

    func untold(_ status: Int) -> String {
        noVerdict(
            "\(target) was sent with a body or an id that nothing can come of, and answered \(status), perhaps before it "
                + "looked at the credential (RES-21 and RES-22 are about that)")
    }
}
