import HTTP
import JSON

/// What revocation and introspection endpoints answer.
extension ProbedAnswer {
    var isSuccess: Bool { (200...299).contains(status) }

    /// The good client may not use the endpoint at all: that is the server's right, and its other answers say nothing.
    var isClientRefused: Bool {
        [401, 403].contains(status) || ["invalid_client", "unauthorized_client"].contains(code)
    }

    /// `active` of an introspection (RFC 7662 §2.2); nil: not there, or no boolean.
    var isActive: Bool? { introspected?["active"]?.boolean }

    var introspected: JSONObject? { response.jsonRoot?.value.object }

    /// As `words`, for an introspection.
    var introspectionWords: String {
        guard isSuccess else { return words }
        if let isActive { return "\(status) with \"active\": \(isActive)" }
        guard let other = introspected?["active"] else { return "\(status) without 'active'" }
        return "\(status) with 'active' as \(other.kind.phrase)"
    }

    /// As `words`, for a revocation: a success has nothing more to say (RFC 7009 §2.2).
    var revocationWords: String { isSuccess && code == nil ? "\(status)" : words }

    func brokenRevocation(_ expected: String) -> RuleVerdict { broken(expected, revocationWords) }

    func brokenIntrospection(_ expected: String) -> RuleVerdict { broken(expected, introspectionWords) }

    /// Where the request itself went without TLS to another machine.
    var plainTextFault: RuleVerdict? {
        let url = exchange.request.url
        guard !url.isProtected else { return nil }
        return broken("a URL with https", "http")
    }
}

/// What a revocation did to a token: the answers of a probe that gives one back.
struct RevocationTrial {
    let answer: ProbedAnswer
    /// nil: nobody could be asked.
    let before: ProbedAnswer?
    let after: ProbedAnswer?

    /// nil where it was broken off.
    init?(_ answers: [ProbedAnswer]) {
        switch answers.count {
        case 1: (before, answer, after) = (nil, answers[0], nil)
        case 3: (before, answer, after) = (answers[0], answers[1], answers[2])
        default: return nil
        }
    }

    /// Whether it ended a token that was alive; nil: that does not show.
    var killed: Bool? {
        guard before?.isActive == true, let isActive = after?.isActive else { return nil }
        return !isActive
    }
}

extension TokenRuleCheck {
    /// Judged on what a revocation did.
    static func trial(
        _ id: String, _ probe: String, _ judge: @escaping @Sendable (RevocationTrial) -> RuleVerdict
    ) -> TokenRuleCheck {
        .probed(id, [probe]) { _, answers in
            guard let trial = RevocationTrial(answers[probe] ?? []) else {
                return .notTestable("the probe \(probe) was broken off")
            }
            return judge(trial)
        }
    }

    static let noLife = "introspection did not show the token alive before it was revoked"
}
