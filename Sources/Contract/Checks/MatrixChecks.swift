import HTTP
import Providers
package import Tokens

/// What a call with the valid credential of somebody else showed: the rules about credentials that are good but not
/// enough are judged on it.
package struct MatrixEvidence: Sendable {
    package let sender: BoundIdentity
    package let caller: BoundIdentity
    /// What the request with its own credential was answered.
    package let control: ProbeExchange
    package let exchange: ProbeExchange
    /// The same call for an object that does not exist; nil: the path holds no id.
    package let absent: ProbeExchange?
    /// The caller's token is of another issuer: good, but perhaps not here.
    package let isForeign: Bool

    package init(
        sender: BoundIdentity, caller: BoundIdentity, control: ProbeExchange, exchange: ProbeExchange,
        absent: ProbeExchange? = nil, isForeign: Bool = false
    ) {
        self.sender = sender
        self.caller = caller
        self.control = control
        self.exchange = exchange
        self.absent = absent
        self.isForeign = isForeign
    }
}

/// Judges one rule on the access matrix.
package struct MatrixRuleCheck: Sendable {
    package let id: String
    /// Why there is no case where nobody in `access` fits; completes "skipped: …".
    package let lack: String
    /// nil: this call says nothing about the rule.
    package let judge: @Sendable (MatrixEvidence) -> RuleVerdict?

    package static let all: [MatrixRuleCheck] = [
        MatrixRuleCheck(
            id: "RES-10", lack: "nobody in 'access' was refused for what the credential may do",
            judge: { $0.insufficientScope }),
        MatrixRuleCheck(
            id: "RES-19", lack: "nobody in 'access' was refused for what the credential may do",
            judge: { $0.forbidden }),
        MatrixRuleCheck(
            id: "RES-20", lack: "nobody in 'access' asked for an object of somebody else by its id",
            judge: { $0.hidden }),
        MatrixRuleCheck(
            id: "RES-28", lack: "nobody in 'access' has a token for another audience", judge: { $0.audience }),
    ]
}

extension MatrixEvidence {
    /// RFC 6750 §3.1; a 403 needs a challenge too.
    fileprivate var insufficientScope: RuleVerdict? {
        guard exchange.status == 403 else { return nil }
        let bearer = exchange.challenges.filter { $0.isScheme("Bearer") }
        guard !bearer.isEmpty else {
            return .broken(expected: "403 with WWW-Authenticate: Bearer", actual: "403 without it", exchange)
        }
        let isNamed = bearer.contains { $0["error"] == "insufficient_scope" }
        return isNamed ? .kept : .observed("The 403 does not say error=\"insufficient_scope\".")
    }

    fileprivate var forbidden: RuleVerdict? {
        switch exchange.status {
        case 403: .kept
        // To this API a token of an issuer that it does not trust is none (RFC 6750 §3.1).
        case 401: isForeign ? nil : .broken(expected: "403", actual: exchange.came, exchange)
        default: nil
        }
    }

    /// What belongs to others and what does not exist must look alike, or ids can be found out.
    fileprivate var hidden: RuleVerdict? {
        guard let status = exchange.status, [403, 404].contains(status), let absent, let other = absent.status else {
            return nil
        }
        guard status == other else {
            return .broken(
                expected: "the same answer as for an id that does not exist", actual: "\(status), not \(other)",
                exchange)
        }
        guard let one = exchange.response, let two = absent.response,
            AnswerShape(two).compared(with: AnswerShape(one)) == .different
        else { return .kept }
        return .broken(
            expected: "the same answer as for an id that does not exist",
            actual: "\(status), \(AnswerShape(two).difference(from: AnswerShape(one)))", exchange)
    }

    fileprivate var audience: RuleVerdict? {
        guard sender.provider.id == caller.provider.id, let own = sender.vars["audience"],
            let other = caller.vars["audience"], own != other, let status = exchange.status
        else { return nil }
        return (200...299).contains(status)
            ? .broken(expected: "401 or 403", actual: String(status), exchange) : .kept
    }
}
