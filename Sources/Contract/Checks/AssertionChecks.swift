import HTTP
import Providers
import Tokens

/// AST-01 … AST-10: assertions that a token service must refuse (RFC 7523 §3).
enum AssertionChecks {
    static let all: [TokenRuleCheck] = [
        refused("AST-01"), refused("AST-02"), refused("AST-03"), refused("AST-04"), grantCode, clientCode,
        refused("AST-07"), replay, forEver, issuer,
    ]

    private static let wrong = ["AST-01", "AST-02", "AST-03", "AST-04"]

    private static func refused(_ id: String) -> TokenRuleCheck {
        .probed(id, [id]) { _, answers in
            let granted = answers[id]?.first(where: \.isGranted)
            return granted.map { $0.broken("a refusal") } ?? .kept
        }
    }

    static let grantCode = code(
        "AST-05", .grant, "400 with the code invalid_grant", "the assertion stands for the client, not for a user"
    ) { $0.isCode("invalid_grant", status: 400) }

    static let clientCode = code(
        "AST-06", .client, "a refusal with the code invalid_client",
        "the assertion stands for a user, not for the client"
    ) { $0.isCode("invalid_client") }

    private static func code(
        _ id: String, _ use: AssertionChange.Use, _ expected: String, _ other: String,
        _ isRight: @escaping @Sendable (ProbedAnswer) -> Bool
    ) -> TokenRuleCheck {
        let judged = TokenRuleCheck.probed(id, wrong) { _, answers in
            let refusals = wrong.flatMap { answers[$0] ?? [] }.filter { !$0.isGranted }
            if refusals.isEmpty { return .notTestable("no bad assertion was refused") }
            return refusals.first { !isRight($0) }.map { $0.broken(expected) } ?? .kept
        }
        return TokenRuleCheck(id, probes: wrong) { evidence in
            guard let found = evidence.rules.assertionUse(by: evidence.identity), found != use else {
                return judged.judge(evidence)
            }
            return .notTestable(other)
        }
    }

    static let replay = TokenRuleCheck.probed("AST-08", ["AST-08"]) { _, answers in
        guard let answers = answers["AST-08"], answers.count == 2, answers[0].isGranted else {
            return .notTestable("the new assertion got no token")
        }
        return answers[1].isGranted ? answers[1].broken("a refusal, since that assertion was used") : .kept
    }

    static let forEver = TokenRuleCheck.first("AST-09", "AST-09") { _, answer in
        guard answer.isGranted else { return .kept }
        return .observed("The token service takes an assertion that is good for ten years.")
    }

    static let issuer = TokenRuleCheck.first("AST-10", "AST-10") { _, answer in
        answer.isGranted ? .kept : answer.broken("a token")
    }
}
