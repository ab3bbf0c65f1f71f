import Diagnostics
import HTTP

/// One scheme of `expect.challenge`: some challenge of that scheme meets all predicates on its parameters.
struct ChallengeQuery: Sendable {
    struct Parameter: Sendable {
        let name: String
        let predicate: any Predicate
    }

    let scheme: String
    let parameters: [Parameter]
    /// The scheme's name in the file.
    let span: Span

    func mismatch(_ challenges: [Challenge], _ context: JudgingContext) -> Mismatch? {
        let ofScheme = challenges.filter { $0.isScheme(scheme) }
        guard let first = ofScheme.first else { return missing(challenges) }
        if ofScheme.contains(where: { culprit(of: $0) == nil }) { return nil }
        guard let culprit = culprit(of: first) else { return nil }
        let failure = culprit.predicate.failure(value(of: culprit, in: first))
        return failure.mismatch("challenge \(scheme) \(culprit.name)", context)
    }

    private func culprit(of challenge: Challenge) -> Parameter? {
        parameters.first { $0.predicate.judge(value(of: $0, in: challenge)) != .holds }
    }

    private func value(of parameter: Parameter, in challenge: Challenge) -> Observed {
        challenge[parameter.name].map { .text($0) } ?? .nothing
    }

    private func missing(_ challenges: [Challenge]) -> Mismatch {
        let schemes = challenges.map { $0.scheme.isEmpty ? "one without a scheme" : $0.scheme }
        let actual = challenges.isEmpty ? "no WWW-Authenticate challenge" : schemes.joined(separator: ", ")
        return Mismatch(subject: "challenge", expected: scheme, actual: actual, span: span)
    }
}
