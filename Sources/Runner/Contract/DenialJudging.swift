import Contract
import Diagnostics
import Expectations
import HTTP
import Results
import Templates

/// What judging takes from the request that passed, or from its harmless form.
struct DenialJudging {
    /// No credential applied.
    let plain: HTTPRequest
    let control: DenialCase.Control
    let scope: Scope
    /// The request's own; nil for a harmless form, whose answer is about something else.
    let expectation: ResolvedExpectation?
    let context: JudgingContext

    /// - Parameters:
    ///   - documented: what the file or the vendor says; nil: nobody says anything.
    ///   - source: who says so.
    /// - Throws: a `Diagnostic` at a placeholder of it that has no value.
    func denial(
        of exchange: ProbeExchange, subject: String, as identity: String?, documented: Expectation?, source: String?
    ) throws(Diagnostic) -> DenialCase {
        var denial = DenialCase(
            subject, identity: identity ?? "anonymous", plain: plain, control: control, probe: exchange, source: source)
        if let resolved = try documented?.resolved(in: scope) {
            denial.documented = DenialCase.Documented(
                expected: resolved.status.words, mismatches: mismatches(resolved, exchange))
        }
        let judgesBody = expectation.map { $0.bodyNeed != .none } ?? false
        denial.meetsBodyExpectations = judgesBody && holds(exchange)
        return denial
    }

    /// Whether the request's own expectations hold for that answer.
    func holds(_ exchange: ProbeExchange) -> Bool {
        expectation.map { exchange.response != nil && mismatches($0, exchange).isEmpty } ?? false
    }

    private func mismatches(_ expectation: ResolvedExpectation, _ exchange: ProbeExchange) -> [Mismatch] {
        guard let response = exchange.response else { return [] }
        var answer = Answer(response, url: exchange.request.url, duration: response.timings.total)
        return expectation.mismatches(&answer, context)
    }
}
