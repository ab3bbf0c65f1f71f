import HTTP
import JSON
import Secrets
import Tokens

extension ResourceRuleCheck {
    /// Who is let in: without TLS, without credential, with one that is none any more.
    static let admission: [ResourceRuleCheck] = [
        ResourceRuleCheck("RES-01", "N-45") { $0.plainTwin },
        ResourceRuleCheck("RES-02", "N-01", "N-44") { $0.withoutCredential },
        ResourceRuleCheck("RES-25", "N-01", "N-51") { $0.afterAuthorised },
        .refused("RES-26", ["N-20"]),
        .refused("RES-29", ["N-23"]),
        .refused("RES-30", ["N-25"]),
        ResourceRuleCheck("RES-32", "N-01", "N-43") { $0.head },
        .refused("RES-33", ["N-42"]),
        ResourceRuleCheck("RES-34", "N-43") { $0.options },
        ResourceRuleCheck("RES-35", "RES-35") { $0.trace },
        ResourceRuleCheck("RES-36", "N-01", "N-46", "N-47") { $0.unbound },
    ]
}

extension ResourceEvidence {
    fileprivate var plainTwin: RuleVerdict {
        if control.request.url.scheme == "http" {
            return credential.hosts.objection(to: control.request.url) == nil
                ? .notTestable("the API is reached without TLS on purpose")
                : .broken(expected: "https", actual: "http", control)
        }
        guard let exchange = sent(["N-45"]).first else { return reason(["N-45"]) }
        if case .failure(let error) = exchange.answer {
            switch error.kind {
            case .connect, .tls, .receive, .send, .timeout: return .kept
            default: return .noVerdict("No verdict: without TLS there was no answer (\(error.message)).")
            }
        }
        // A page that says where to go is no data.
        if case .unlike = access(exchange) { return .kept }
        return refusal(of: [exchange], expected: "no answer, or one that leads to https")
    }

    fileprivate var withoutCredential: RuleVerdict {
        let bare = sent(["N-01"])
        guard let exchange = bare.first else { return reason(["N-01"]) }
        if isCertificateAlone, case .failure(let error) = exchange.answer, error.kind == .tls { return .kept }
        // What another spelling of the path leads to may be anything but the same answer.
        let served = sent(["N-44"]).filter { if case .admitted = access($0) { true } else { false } }
        let verdict = refusal(of: bare + served, expected: "401")
        guard case .kept = verdict, let status = exchange.status, status != 401, !isCertificateAlone else {
            return verdict
        }
        return .broken(expected: "401 with a WWW-Authenticate field", actual: exchange.came, exchange)
    }

    /// A 401 names a scheme to log in with (RFC 9110 §15.5.2); for a client certificate there is none: servers end the
    /// connection, or answer 400 or 403.
    private var isCertificateAlone: Bool {
        credential.poolKey.tls != nil && credential.placements.isEmpty && !credential.isSigned
    }

    fileprivate var afterAuthorised: RuleVerdict {
        let sent = sent(["N-51"])
        guard let last = sent.last, sent.count > 1 else { return reason(["N-51"]) }
        if isPublic { return .servedToAll }
        guard case .admitted = access(sent[sent.count - 2]) else {
            return .noVerdict(
                "No verdict: the request with its credential was not served just before, so no cache could have its answer."
            )
        }
        return refusal(of: [last], expected: "401")
    }

    private func sent(by method: HTTPMethod) -> ProbeExchange? {
        sent(["N-43"]).first { $0.request.method == method }
    }

    fileprivate var head: RuleVerdict {
        guard let exchange = sent(by: .head) else { return reason(["N-43"]) }
        return isPublic ? .servedToAll : refusal(of: [exchange], expected: "the same refusal as for GET")
    }

    fileprivate var options: RuleVerdict {
        guard let exchange = sent(by: .options), let response = exchange.response else { return reason(["N-43"]) }
        guard let control = control.response, (200..<300).contains(response.status), !response.body.isEmpty,
            AnswerShape(control).compared(with: AnswerShape(response)) == .same
        else { return .kept }
        return .observed("OPTIONS without credential is answered with the same body as the request with it.")
    }

    /// RFC 9110 §9.3.8: what was sent comes back as message/http.
    fileprivate var trace: RuleVerdict {
        guard let exchange = sent(["RES-35"]).first else { return reason(["RES-35"]) }
        guard let response = exchange.response else {
            return .noVerdict("No verdict: TRACE got no answer.")
        }
        let type = response.headers["Content-Type"]?.lowercased() ?? ""
        let isEcho = type.hasPrefix("message/http") || response.body.starts(with: Array("TRACE ".utf8))
        guard (200..<300).contains(response.status) else { return .kept }
        return isEcho
            ? .broken(expected: "405 or 501", actual: "\(response.status), the request sent back", exchange)
            : .observed("TRACE is answered \(response.status), but not with what was sent.")
    }

    /// A certificate that a token is not known to be bound to may be asked for or not.
    fileprivate var unbound: RuleVerdict {
        let (proofless, bare) = (sent(["N-46"]), sent(["N-47"]))
        if proofless.isEmpty, bare.isEmpty {
            return .notTestable("the token is bound to neither a key nor a client certificate")
        }
        if isPublic { return .servedToAll }
        let verdict = refusal(of: proofless + bare)
        guard case .broken(_, _, let exchange) = verdict, bare.contains(where: { $0.sent == exchange.sent }),
            !isCertificateBound
        else { return verdict }
        return .observed("The token is taken without the client certificate; whether it is bound to it does not show.")
    }

    /// RFC 8705 §3.1: a JWT names the certificate's thumbprint.
    var isCertificateBound: Bool {
        let token = credential.token.flatMap { CompactJWT($0.value.reveal()) }
        return token?.claims["cnf"]?.object?["x5t#S256"] != nil
    }
}
