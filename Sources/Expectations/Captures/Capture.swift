package import Diagnostics
import HTTP
import JSON
import Secrets
package import Templates

/// A value taken from an answer under a name (formats.md R4).
package struct Capture: Sendable {
    package enum Outcome: Sendable {
        case value(TemplateValue)
        /// Nothing was found and there is no default: the request fails.
        case missing(Mismatch)
    }

    package let name: String
    /// The capture in its file.
    package let span: Span
    /// Masked everywhere, and bound to the host it came from.
    package let isSecret: Bool
    /// How much of the body it looks at.
    package let bodyNeed: BodyNeed

    let source: Draft<CaptureSource>
    let fallback: Draft<TemplateValue>?

    /// All placeholders, for checks before anything is sent.
    package var names: [PlaceholderName] { source.names + (fallback?.names ?? []) }

    /// Takes the value; what is not found takes the default.
    ///
    /// - Throws: a `Diagnostic` at a placeholder whose value is missing or unfit.
    package func value(
        from answer: inout Answer, in scope: Scope, _ context: JudgingContext
    ) throws(Diagnostic) -> Outcome {
        let source = try source.value(scope)
        if let json = source.value(&answer) { return .value(TemplateValue(json, taint: taint(answer))) }
        guard let fallback else { return .missing(missing(source, &answer, context)) }
        var value = try fallback.value(scope)
        value.taint = Taint.join(value.taint, taint(answer))
        return .value(value)
    }

    private func taint(_ answer: Answer) -> Taint? {
        guard isSecret else { return nil }
        let url = answer.url
        let host = url.port == HTTPURL.defaultPort(url.scheme) ? url.host : "\(url.host):\(url.port)"
        return Taint(labels: [name], hosts: HostList([host]))
    }

    private func missing(_ source: CaptureSource, _ answer: inout Answer, _ context: JudgingContext) -> Mismatch {
        if case .json = source {
            do throws(JSONError) {
                _ = try answer.json()
            } catch {
                return .notJSON(error, answer.response.body, context, at: span)
            }
        }
        return Mismatch(subject: "capture \(name)", expected: source.words, actual: "nothing of the kind", span: span)
    }
}
