import HTTP
import Tokens

extension ResourceRuleCheck {
    /// HTTP itself.
    static let http: [ResourceRuleCheck] = [
        ResourceRuleCheck("HTT-01", "N-43", "RES-35") { evidence in
            evidence.each("no answer is a 405", { $0.status == 405 }) { exchange in
                exchange.response?.headers["Allow"] == nil
                    ? ("405 with an Allow field", "405 without") : nil
            }
        },
        ResourceRuleCheck("HTT-02", "N-01") { evidence in
            evidence.each("no answer has a Basic challenge", { $0.challenges.contains { $0.isScheme("Basic") } }) {
                let isNamed = $0.challenges.filter { $0.isScheme("Basic") }.allSatisfy { $0["realm"] != nil }
                return isNamed ? nil : ("a realm behind the word Basic in WWW-Authenticate", "Basic without realm")
            }
        },
        ResourceRuleCheck("HTT-03") { evidence in
            evidence.each("no answer has a Retry-After", { $0.response?.headers["Retry-After"] != nil }) { exchange in
                let values = exchange.response?.headers.values("Retry-After") ?? []
                return values.count == 1 && RetryAfter.isValid(values[0])
                    ? nil : ("a Retry-After with seconds or a date", "one with something else")
            }
        },
        ResourceRuleCheck("HTT-04") { evidence in
            if let proxy = evidence.credential.poolKey.proxy, !proxy.isEmpty {
                return .notTestable("the requests go through a proxy")
            }
            return evidence.each("there was no answer", { _ in true }) {
                $0.status == 407 ? ("another status, since the API is no proxy", "407") : nil
            }
        },
        ResourceRuleCheck("HTT-05") { $0.redirection },
        ResourceRuleCheck("HTT-06") { $0.strictTransport },
        ResourceRuleCheck("HTT-07", "HTT-07") { evidence in
            guard let absent = evidence.sent(["HTT-07"]).first else { return evidence.reason(["HTT-07"]) }
            guard let status = absent.status else { return .noVerdict("No verdict: there was no answer.") }
            return status == 401
                ? .broken(expected: "404, or another status than 401", actual: absent.came, absent) : .kept
        },
    ]

    static let keys: [ResourceRuleCheck] = [
        ResourceRuleCheck("KEY-01", "N-01", "N-07", "N-48") { evidence in
            guard evidence.isStaticKey else { return .notTestable("the credential is no static key") }
            return evidence.each("no answer is a 401", { $0.status == 401 }) {
                $0.challenges.isEmpty ? ("401 with a WWW-Authenticate field", "401, no WWW-Authenticate") : nil
            }
        },
        ResourceRuleCheck("KEY-02") { evidence in
            guard evidence.isStaticKey else { return .notTestable("the credential is no static key") }
            let isInURL = evidence.credential.placements.contains { $0.place == .query || $0.place == .path }
            return isInURL
                ? .broken(
                    expected: "a key in a header field", actual: "a key in the URL, where logs and caches keep it",
                    evidence.control)
                : .kept
        },
    ]
}

extension ResourceEvidence {
    /// Judges every answer that the rule is about.
    fileprivate func each(
        _ none: String, _ isAbout: (ProbeExchange) -> Bool, _ fault: (ProbeExchange) -> (String, String)?
    ) -> RuleVerdict {
        let seen = answered.filter(isAbout)
        if seen.isEmpty { return .notTestable(none) }
        for exchange in seen {
            if let (expected, actual) = fault(exchange) { return .broken(expected: expected, actual: actual, exchange) }
        }
        return .kept
    }

    fileprivate var redirection: RuleVerdict {
        let redirects = answered.filter { exchange in
            (300..<400).contains(exchange.status ?? 0) && exchange.request.carriesCredential
        }
        for exchange in redirects {
            guard let location = exchange.response?.headers.values("Location").first,
                let target = try? exchange.request.url.resolving(location), target.origin != exchange.request.url.origin
            else { continue }
            return .broken(
                expected: "no redirect to another origin", actual: "\(exchange.status ?? 0) to \(target.origin)",
                exchange)
        }
        return .kept
    }

    fileprivate var strictTransport: RuleVerdict {
        guard control.request.url.scheme == "https" else { return .notTestable("the API is reached without TLS") }
        guard let response = control.response else { return .notTestable("the request had no answer") }
        return response.headers.contains(name: "Strict-Transport-Security")
            ? .kept : .observed("The host does not ask for TLS only (Strict-Transport-Security).")
    }
}

extension HTTPRequest {
    fileprivate var carriesCredential: Bool {
        headers.contains { $0.isSensitive && !$0.value.isEmpty } || bodyIsSensitive || !sensitiveQuery.isEmpty
    }
}

/// RFC 9110 §10.2.3.
enum RetryAfter {
    static func isValid(_ text: String) -> Bool {
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        // IMF-fixdate (§5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
        let pattern = Array("Aaa, 00 Aaa 0000 00:00:00 GMT")
        let characters = Array(text)
        guard characters.count == pattern.count else { return false }
        return zip(characters, pattern).enumerated().allSatisfy { place, pair in
            switch pair.1 {
            case "0": pair.0.isASCII && pair.0.isNumber
            case "A",
                "a" where place < 25:
                pair.0.isASCII && pair.0.isLetter
            default: pair.0 == pair.1
            }
        }
    }
}
