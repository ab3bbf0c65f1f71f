import Diagnostics
import JSON
import Secrets
import Tokens

/// The results of `usher check` as lines for a terminal.
struct CheckText {
    let redactor: Redactor

    static func moment(_ milliseconds: Int64) -> String { CalendarTime(milliseconds / 1000 * 1000).rfc3339 }

    func lines(_ results: [CheckedCredential]) -> String {
        let width = results.map(\.identity.count).max() ?? 0
        return results.map { block($0, width) }.joined() + "\n" + summary(results) + "\n"
    }

    private func block(_ checked: CheckedCredential, _ width: Int) -> String {
        let name = checked.identity + String(repeating: " ", count: width - checked.identity.count)
        let indent = "\n" + String(repeating: " ", count: 8)
        var lines = [head(checked, name)]
        if let problem = checked.problem { lines.append("\(problem.reason.phrase): \(problem.advice)") }
        if let place = checked.problem?.place {
            lines += redactor.excerpt(place).map { "  \($0)" }
        }
        if let scope = scope(checked) { lines.append(scope) }
        if let introspection = introspection(checked) { lines.append(introspection) }
        if let claims = checked.claims?.claims, !claims.isEmpty {
            lines.append("claims: " + claims.map { "\($0.name) \($0.shown)" }.joined(separator: " · "))
        }
        lines += checked.warnings.map { "warning: \($0)" }
        return lines.joined(separator: indent) + "\n"
    }

    private func head(_ checked: CheckedCredential, _ name: String) -> String {
        switch checked.status {
        case .passed: "\(checked.isTried ? "ok      " : "untried ")\(name)  \(facts(checked))"
        case .failed: "FAILED  \(name)  \(checked.problem?.message ?? "")"
        case .noVerdict: "ERROR   \(name)  \(checked.problem?.message ?? "")"
        }
    }

    private func facts(_ checked: CheckedCredential) -> String {
        var facts: [String] = []
        if let token = checked.token {
            let life =
                token.lifetime.milliseconds.map { "for " + DurationText.display(.milliseconds($0)) } ?? "without an end"
            facts.append("\(token.type) token \(life)")
            if token.hasRefreshToken {
                let end = token.refreshExpiresAt.map { DurationText.display(.milliseconds($0 - token.obtainedAt)) }
                facts.append("refresh token" + (end.map { " for \($0)" } ?? ""))
            }
        } else {
            facts.append(checked.isSigned ? "each call is signed" : "a credential that is sent as it is")
        }
        if let offset = checked.clockOffset {
            facts.append(
                abs(offset) < 2000 ? "clock right" : "clock off by \(DurationText.display(.milliseconds(abs(offset))))")
        }
        if let verified = checked.verified {
            facts.append("\(verified.call) \(verified.status ?? 0) in \(DurationText.display(verified.duration))")
        } else {
            facts.append(checked.isTried ? "no verify call" : "asked nobody: '\(checked.provider)' has no 'verify'")
        }
        return facts.joined(separator: ", ")
    }

    private func scope(_ checked: CheckedCredential) -> String? {
        let asked = checked.scopeAsked.isEmpty ? "nothing" : checked.scopeAsked.joined(separator: " ")
        guard let granted = checked.scopeGranted else {
            return checked.scopeAsked.isEmpty ? nil : "scope: asked \(asked)"
        }
        return "scope: asked \(asked), granted \(granted.isEmpty ? "nothing" : granted.joined(separator: " "))"
    }

    private func introspection(_ checked: CheckedCredential) -> String? {
        guard let found = checked.introspection, found.isActive else { return nil }
        var facts = ["active"]
        if let scope = found.scope { facts.append("scope \(scope.joined(separator: " "))") }
        if let end = found.expiresAt { facts.append("until \(Self.moment(end))") }
        return "introspection: " + facts.joined(separator: ", ")
    }

    private func summary(_ results: [CheckedCredential]) -> String {
        func count(_ status: CheckedCredential.Status) -> Int { results.count { $0.status == status } }
        let total = "\(results.count) credential\(results.count == 1 ? "" : "s")"
        let untried = results.count { $0.status == .passed && !$0.isTried }
        return "\(total): \(count(.passed) - untried) good\(untried == 0 ? "" : ", \(untried) untried"), "
            + "\(count(.failed)) refused, \(count(.noVerdict)) without a verdict"
    }
}

extension CredentialDiagnosis.Reason {
    /// For people.
    var phrase: String {
        switch self {
        case .secretNotBound: "secret not bound"
        case .wrongSecret: "wrong secret"
        case .notAccepted: "not accepted"
        case .unknownClient: "unknown client"
        case .expiredCredential: "expired credential"
        case .scopeRefused: "scope refused"
        case .verifyFailed: "the API refuses it"
        case .inactive: "not active"
        case .network: "unreachable"
        case .tls: "bad certificate"
        case .throttled: "throttled"
        case .clock: "clock"
        case .service: "the token service fails"
        case .badAnswer: "an answer without a token"
        case .configuration: "set-up"
        case .signIn: "not signed in"
        case .interrupted: "not finished"
        }
    }
}
