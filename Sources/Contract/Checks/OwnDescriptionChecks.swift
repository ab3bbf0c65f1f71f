import HTTP
import JSON
import Secrets
import Tokens

/// DIS-18 … DIS-22: what an API says of itself (RFC 9728).
extension ResourceRuleCheck {
    static let ownDescription: [ResourceRuleCheck] = [
        ResourceRuleCheck("DIS-18", "DIS-18", "N-01") { $0.describesItself },
        described("DIS-19") { _, description in description.namesItself },
        described("DIS-20", "N-01") { evidence, description in evidence.pointsToItself(description) },
        described("DIS-21", "N-26", "N-27") { evidence, description in evidence.takesWhatItLists(description) },
        described("DIS-22") { evidence, description in evidence.namesTheIssuer(description) },
    ]

    private static func described(
        _ id: String, _ more: String...,
        judge: @escaping @Sendable (ResourceEvidence, ResourceDescription) -> RuleVerdict
    ) -> ResourceRuleCheck {
        ResourceRuleCheck(id, probes: ["DIS-18"] + more) { evidence in
            if evidence.sent(["DIS-18"]).isEmpty { return evidence.reason(["DIS-18"]) }
            guard let description = evidence.description else {
                return .notTestable("the API does not describe itself")
            }
            return judge(evidence, description)
        }
    }
}

extension ResourceDescription {
    /// RFC 9728 §3.3.
    fileprivate var namesItself: RuleVerdict {
        guard let named = members["resource"]?.string else {
            return broken("the member resource with \(resource)", "no such member")
        }
        let wanted = [resource, resource + "/"]
        return wanted.contains(named)
            ? .kept : broken("the member resource with \(resource)", ForeignWord.shown(named, else: "another address"))
    }
}

extension ResourceEvidence {
    /// That of the whole base URL before that of the host.
    fileprivate var description: ResourceDescription? {
        sent(["DIS-18"]).lazy.compactMap(ResourceDescription.init).first
    }

    /// The refusal that points to it (RFC 9728 §5.1).
    private var pointer: ProbeExchange? {
        refusals.first { exchange in exchange.challenges.contains { $0["resource_metadata"] != nil } }
    }

    fileprivate var describesItself: RuleVerdict {
        let sent = sent(["DIS-18"])
        guard let last = sent.last else { return reason(["DIS-18"]) }
        if description != nil { return .kept }
        guard pointer != nil else { return .notTestable("nothing points to a description of the API") }
        guard last.response != nil else { return .noVerdict("No verdict: the description was asked for in vain.") }
        return .broken(
            expected: "200 with a JSON object, since WWW-Authenticate points to a description", actual: last.came, last)
    }

    fileprivate func pointsToItself(_ description: ResourceDescription) -> RuleVerdict {
        guard let bare = sent(["N-01"]).first else { return reason(["N-01"]) }
        if isPublic { return .servedToAll }
        guard bare.status == 401 else { return .notTestable("a call without credential is not answered by 401") }
        let named = bare.challenges.lazy.compactMap { $0["resource_metadata"] }.first
        let expected = "resource_metadata=\"\(description.exchange.request.url.text)\" in WWW-Authenticate"
        guard let named else { return .broken(expected: expected, actual: "no resource_metadata there", bare) }
        return named == description.exchange.request.url.text
            ? .kept
            : .broken(expected: expected, actual: ForeignWord.shown(named, else: "another address"), bare)
    }

    /// RFC 9728 §2: an empty list says that no way of RFC 6750 is taken.
    fileprivate func takesWhatItLists(_ description: ResourceDescription) -> RuleVerdict {
        guard let listed = description.list("bearer_methods_supported") else {
            return .notTestable("the description does not say how tokens are taken")
        }
        var judged = false
        for (method, probe, words) in [("query", "N-26", "in the URL"), ("body", "N-27", "in a form")] {
            guard let exchange = sent([probe]).first else { continue }
            let isListed = listed.contains(method)
            switch access(exchange) {
            case .admitted where !isListed:
                return description.broken(
                    "'\(method)' in bearer_methods_supported, since a token \(words) is taken", "a list without it")
            case .refused where isListed:
                return description.broken(
                    "'\(method)' in bearer_methods_supported only if a token \(words) is taken",
                    "'\(method)' in the list, but a token \(words) got \(exchange.came)")
            case .admitted, .refused: judged = true
            case .unlike, .unheard: continue
            }
        }
        if isBearer, !listed.contains("header") {
            return description.broken(
                "'header' in bearer_methods_supported, since a token in the header is taken", "a list without it")
        }
        return judged || isBearer ? .kept : .notTestable("no other way was tried")
    }

    fileprivate func namesTheIssuer(_ description: ResourceDescription) -> RuleVerdict {
        let token = credential.token.flatMap { CompactJWT($0.value.reveal()) }
        guard let issuer = token?.claims["iss"]?.string else { return .notTestable("the token names no issuer") }
        guard let servers = description.list("authorization_servers") else {
            return .notTestable("the description names no token service")
        }
        return servers.contains(issuer)
            ? .kept
            : description.broken(
                "the service that made the token (its iss) in authorization_servers", "a list without it")
    }
}
