import Diagnostics
import HTTP
import JSON
import Secrets
import Templates

/// An expectation whose placeholders are filled: judges answers.
package final class ResolvedExpectation: Sendable {
    /// The statuses allowed; 2xx where none is named.
    package let status: StatusSet
    package let bodyNeed: BodyNeed

    private let statusSpan: Span
    private let headers: [HeaderQuery]
    private let challenges: [ChallengeQuery]
    private let duration: (any Predicate)?
    private let body: BodyQuery?
    private let text: (any Predicate)?
    private let json: [JSONQuery]
    private let jsonSpan: Span

    init(_ expectation: Expectation, _ fill: Fill) throws(Diagnostic) {
        status = try fill(expectation.status?.draft) ?? .success
        statusSpan = expectation.status?.span ?? expectation.span
        headers = try fill(Draft.all(expectation.headers.map(\.draft)))
        challenges = try fill(expectation.challenge) ?? []
        duration = try fill(expectation.duration)
        body = try fill(expectation.body)
        text = try fill(expectation.text)
        json = try fill(Draft.all(expectation.json.map(\.draft)))
        jsonSpan = expectation.json.first?.span ?? expectation.span
        bodyNeed = expectation.bodyNeed
    }

    /// What does not hold, in the order status, headers, challenge, duration, body, text, json; empty: all holds.
    ///
    /// Parses the body only where `json` asks for something. One that is no JSON is one mismatch, however many paths ask.
    package func mismatches(_ answer: inout Answer, _ context: JudgingContext) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        judgeStatus(answer.response.status, &mismatches)
        for query in headers {
            if let mismatch = query.mismatch(answer.response.headers, context) { mismatches.append(mismatch) }
        }
        judgeChallenges(answer.response.headers, context, &mismatches)
        if let mismatch = duration?.mismatch(.duration(answer.duration), "duration", context) {
            mismatches.append(mismatch)
        }
        body?.mismatches(answer.response, context, into: &mismatches)
        if let text, let mismatch = text.mismatch(.text(answer.text()), "text", context) { mismatches.append(mismatch) }
        if !json.isEmpty { judgeJSON(&answer, context, &mismatches) }
        return mismatches
    }

    private func judgeStatus(_ actual: Int, _ mismatches: inout [Mismatch]) {
        guard !status.contains(actual) else { return }
        mismatches.append(Mismatch(subject: "status", expected: status.words, actual: String(actual), span: statusSpan))
    }

    private func judgeChallenges(_ headers: HeaderFields, _ context: JudgingContext, _ mismatches: inout [Mismatch]) {
        guard !challenges.isEmpty else { return }
        let found = Challenge.parse(headers.values("WWW-Authenticate"))
        for query in challenges {
            if let mismatch = query.mismatch(found, context) { mismatches.append(mismatch) }
        }
    }

    private func judgeJSON(_ answer: inout Answer, _ context: JudgingContext, _ mismatches: inout [Mismatch]) {
        do throws(JSONError) {
            let root = try answer.json()
            for query in json {
                if let mismatch = query.mismatch(root, context) { mismatches.append(mismatch) }
            }
        } catch {
            mismatches.append(.notJSON(error, answer.response.body, context, at: jsonSpan))
        }
    }
}

extension Mismatch {
    /// A body that should have been JSON; the place is counted in the body.
    static func notJSON(_ error: JSONError, _ body: [UInt8], _ context: JudgingContext, at span: Span) -> Mismatch {
        let shown = context.hidesValues ? "a body of \(body.count) bytes" : Excerpt.of(body: body, context.redactor)
        let place = body.isEmpty || context.hidesValues ? "" : " " + whyNotJSON(error, body, context.redactor)
        return Mismatch(subject: "body", expected: "JSON", actual: shown + place, span: span)
    }

    /// The reason may quote the first letters of a secret, too few for a redactor to know it: then only the place.
    private static func whyNotJSON(_ error: JSONError, _ body: [UInt8], _ redactor: Redactor?) -> String {
        let (line, column) = SourceFile(path: "body", bytes: body).place(of: error.range.lowerBound)
        let place = "line \(line) column \(column)"
        return redactor?.finds(in: body) ?? false ? "(\(place))" : "(\(error.reason), \(place))"
    }
}

/// Fills placeholders from a scope; without one, everything must be there already.
struct Fill {
    let scope: Scope

    func callAsFunction<Value: Sendable>(_ draft: Draft<Value>) throws(Diagnostic) -> Value {
        try draft.value(scope)
    }

    func callAsFunction<Value: Sendable>(_ draft: Draft<Value>?) throws(Diagnostic) -> Value? {
        guard let draft else { return nil }
        return try draft.value(scope)
    }
}
