package import Diagnostics
import JSON
package import Templates

/// What an answer must be like, as a file says it: read once, its placeholders filled for each request.
package struct Expectation: Sendable {
    /// A member of a map: the name under which it merges, and its place.
    struct Entry<Value: Sendable>: Sendable {
        let name: String
        let draft: Draft<Value>
        let span: Span
    }

    /// The expectation in its file; the request, where there is none.
    package let span: Span

    var status: (draft: Draft<StatusSet>, span: Span)?
    /// Names in lower case.
    var headers: [Entry<HeaderQuery>] = []
    var json: [Entry<JSONQuery>] = []
    var text: Draft<any Predicate>?
    var body: Draft<BodyQuery>?
    var challenge: Draft<[ChallengeQuery]>?
    var duration: Draft<any Predicate>?
    var needsBytes = false

    private var whole: ResolvedExpectation?

    /// Asks for nothing but the status 2xx: what holds where a file says nothing.
    package init(at span: Span) {
        self.span = span
        prepare()
    }

    /// Only a status.
    package init(status: StatusSet, at span: Span) {
        self.span = span
        self.status = (.ready(status), span)
        prepare()
    }

    /// Judges without further ado where there are no placeholders; called once all members are set.
    mutating func prepare() {
        whole = names.isEmpty ? try? ResolvedExpectation(self, Fill(scope: Scope(functions: FunctionTable([])))) : nil
    }

    /// All placeholders, for checks before anything is sent.
    package var names: [PlaceholderName] {
        (status?.draft.names ?? []) + headers.flatMap(\.draft.names) + json.flatMap(\.draft.names) + (text?.names ?? [])
            + (body?.names ?? []) + (challenge?.names ?? []) + (duration?.names ?? [])
    }

    /// How much of the body judging looks at.
    package var bodyNeed: BodyNeed {
        if needsBytes || !json.isEmpty || text != nil { return .bytes }
        return body == nil ? .none : .count
    }

    /// Fills the placeholders; without any, this is what was made when the file was read.
    ///
    /// - Throws: a `Diagnostic` at the placeholder whose value is missing or unfit.
    package func resolved(in scope: Scope) throws(Diagnostic) -> ResolvedExpectation {
        if let whole { return whole }
        return try ResolvedExpectation(self, Fill(scope: scope))
    }
}

extension Expectation {
    /// This expectation over more general ones (formats.md R0): `headers` and `json` by name, every other member whole.
    package func merging(_ defaults: Expectation) -> Expectation {
        var merged = self
        merged.status = status ?? defaults.status
        merged.headers = Self.merge(headers, over: defaults.headers)
        merged.json = Self.merge(json, over: defaults.json)
        merged.text = text ?? defaults.text
        merged.duration = duration ?? defaults.duration
        merged.challenge = challenge ?? defaults.challenge
        if body == nil {
            merged.body = defaults.body
            merged.needsBytes = defaults.needsBytes
        }
        merged.prepare()
        return merged
    }

    private static func merge<Value>(_ own: [Entry<Value>], over defaults: [Entry<Value>]) -> [Entry<Value>] {
        defaults.filter { entry in !own.contains { $0.name == entry.name } } + own
    }
}
