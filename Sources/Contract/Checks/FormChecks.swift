import HTTP

extension ResourceRuleCheck {
    /// In which forms and places a credential is taken, and what comes first.
    static let forms: [ResourceRuleCheck] = [
        ResourceRuleCheck("RES-09", "N-01", "N-07", "N-08", "N-09", "N-11", "N-20") { $0.invalidToken },
        ResourceRuleCheck("RES-11", "N-01", "N-28", "N-32", "N-33") { $0.malformed },
        ResourceRuleCheck("RES-13", "N-01", "N-28", "N-32") { $0.twoWays },
        .refused("RES-14", ["N-26"]),
        ResourceRuleCheck("RES-15", "N-26") { $0.privateInQuery },
        .refused("RES-16", ["N-27"]),
        ResourceRuleCheck("RES-17", "N-29") { $0.schemeCase },
        ResourceRuleCheck("RES-18", "N-30", "N-31") { $0.blanks },
        ResourceRuleCheck("RES-21", "RES-21") { $0.first("RES-21", ofAll: "the body") },
        ResourceRuleCheck("RES-22", "N-01", "RES-22") { $0.first("RES-22", ofAll: "the id") },
    ]
}

extension ResourceEvidence {
    fileprivate var invalidToken: RuleVerdict {
        guard isBearer else { return .notTestable("the API takes no bearer token") }
        let probes = ["N-07", "N-08", "N-09", "N-11", "N-20"]
        let sent = sent(probes)
        if sent.isEmpty { return reason(probes) }
        if isPublic { return .servedToAll }
        let expected = "401 with error=\"invalid_token\""
        let refusal = refusal(of: sent, expected: expected)
        guard case .kept = refusal else { return refusal }
        if let other = sent.first(where: { $0.status != 401 }) {
            return .broken(expected: expected, actual: other.came, other)
        }
        let unnamed = sent.first { exchange in
            !exchange.challenges.contains { $0.isScheme("Bearer") && $0["error"] == "invalid_token" }
        }
        return unnamed.map { .observed("Sent \($0.sent), the 401 does not say error=\"invalid_token\".") } ?? .kept
    }

    /// RFC 6750 §2 speaks of two methods. Of one field sent twice no document says which counts, or that neither does
    /// (RFC 9110 §5.3 binds the sender): it is told, since a proxy in front may take the other.
    fileprivate var twoWays: RuleVerdict {
        guard isBearer else { return .notTestable("the API takes no bearer token") }
        if isPublic { return .servedToAll }
        let sent = sent(["N-28"])
        let verdict = sent.isEmpty ? reason(["N-28"]) : refusal(of: sent)
        guard case .kept = verdict else { return verdict }
        let served = self.sent(["N-32"]).filter { if case .admitted = access($0) { true } else { false } }
        if served.isEmpty { return .kept }
        return .observed("Served \(served.map(\.sent).joined(separator: ", and ")).")
    }

    fileprivate var malformed: RuleVerdict {
        let probes = ["N-28", "N-32", "N-33"]
        let sent = sent(probes)
        if sent.isEmpty { return reason(probes) }
        if isPublic { return .servedToAll }
        let refused = sent.filter { if case .refused = access($0) { true } else { false } }
        if refused.isEmpty { return .notTestable("none of them was refused (RES-13)") }
        return refused.first { !$0.isRefusedAsMalformed }.map {
            .broken(expected: "400 with error=\"invalid_request\"", actual: $0.came, $0)
        } ?? .kept
    }

    /// RFC 6750 §2.3.
    fileprivate var privateInQuery: RuleVerdict {
        guard let exchange = sent(["N-26"]).first else { return reason(["N-26"]) }
        guard case .admitted = access(exchange), let response = exchange.response else {
            return .notTestable("a credential in the URL is not taken")
        }
        let isPrivate = CacheControl(response).has("private") || CacheControl(response).has("no-store")
        return isPrivate
            ? .kept
            : .broken(
                expected: "Cache-Control: private", actual: "an answer without it, to a URL with a credential in it",
                exchange)
    }

    fileprivate var schemeCase: RuleVerdict {
        let sent = sent(["N-29"])
        if sent.isEmpty { return reason(["N-29"]) }
        for exchange in sent {
            switch access(exchange) {
            case .admitted, .unlike: continue
            case .refused(let status):
                return .broken(
                    expected: "the same answer for upper and lower case", actual: String(status), exchange)
            case .unheard(let words): return .noVerdict("No verdict: sent \(exchange.sent), \(words).")
            }
        }
        return .kept
    }

    fileprivate var blanks: RuleVerdict {
        let sent = sent(["N-30", "N-31"])
        if sent.isEmpty { return reason(["N-30", "N-31"]) }
        let notes = sent.compactMap { exchange -> String? in
            switch access(exchange) {
            case .refused(let status): "\(status) \(exchange.sent)"
            case .unheard(let words): "\(words) \(exchange.sent)"
            case .admitted, .unlike: nil
            }
        }
        return notes.isEmpty ? .kept : .observed("Refused where blanks differ: \(notes.joined(separator: "; ")).")
    }

    /// The credential is looked at before anything else: 401 or 403, or what every request without one gets.
    fileprivate func first(_ probe: String, ofAll thing: String) -> RuleVerdict {
        guard let exchange = sent([probe]).first else { return reason([probe]) }
        if isPublic { return .servedToAll }
        switch access(exchange) {
        case .unheard(let words): return .noVerdict("No verdict: sent \(exchange.sent), \(words).")
        case .admitted(let status): return .broken(expected: "401", actual: String(status), exchange)
        case .unlike, .refused:
            let usual = sent(["N-01"]).compactMap(\.status)
            guard let status = exchange.status, status != 401, status != 403, !usual.contains(status) else {
                return .kept
            }
            return .broken(expected: "401", actual: "\(status): \(thing) was looked at before the credential", exchange)
        }
    }
}

extension ProbeExchange {
    /// A server may call two credentials in one field a bad one; two places are a bad request (RFC 6750 §3.1).
    fileprivate var isRefusedAsMalformed: Bool {
        let error = challenges.firstNonNil { $0["error"] }
        let isJoined = request.sensitiveQuery.isEmpty
        return status == 400 && (error ?? "invalid_request") == "invalid_request" || status == 401 && isJoined
    }
}

/// Directives of Cache-Control (RFC 9111 §5.2), in lower case.
struct CacheControl {
    private let directives: [Substring]

    init(_ response: HTTPResponse) {
        let text = (response.headers["Cache-Control"] ?? "").lowercased()
        directives = text.split(separator: ",").map { directive in
            let trimmed = directive.drop { $0 == " " || $0 == "\t" }
            return trimmed.prefix { $0 != " " && $0 != "\t" }
        }
    }

    func has(_ name: String) -> Bool { directives.contains { $0 == name || $0.hasPrefix(name + "=") } }

    /// `max-age` in seconds.
    func seconds(_ name: String) -> Int? {
        directives.firstNonNil { directive in
            directive.hasPrefix(name + "=") ? Int(directive.dropFirst(name.count + 1).filter { $0 != "\"" }) : nil
        }
    }
}
