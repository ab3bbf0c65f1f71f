import HTTP

extension ResourceRuleCheck {
    /// What a refusal says about how to do better (RFC 9110 §11, RFC 6750 §3).
    static let challenges: [ResourceRuleCheck] = [
        ResourceRuleCheck("RES-03", "N-01", "N-07") {
            $0.each401 { $0.challenges.isEmpty ? "no WWW-Authenticate" : nil }
        },
        ResourceRuleCheck("RES-04", "N-01", "N-07") { evidence in
            evidence.eachChallenge("a WWW-Authenticate field that programs can read") { exchange in
                exchange.challengeLines.firstNonNil { ChallengeGrammar.objection(to: $0) }.map {
                    "one that cannot: \($0)"
                }
            }
        },
        ResourceRuleCheck("RES-05", "N-01", "N-07") { evidence in
            guard evidence.isBearer else { return .notTestable("the API takes no bearer token") }
            return evidence.eachChallenge("WWW-Authenticate: Bearer") { exchange in
                exchange.bearer.isEmpty
                    ? "one with only \(exchange.challenges.map(\.words).joined(separator: ", "))" : nil
            }
        },
        .bearerChallenge("RES-06", "WWW-Authenticate: Bearer with a parameter such as realm") {
            $0.parameters.isEmpty ? "Bearer alone" : nil
        },
        ResourceRuleCheck("RES-07", "N-01", "N-07") { evidence in
            evidence.eachChallenge("a WWW-Authenticate field with each parameter once, and realm in quotes") {
                exchange in
                let fault =
                    exchange.challenges.firstNonNil(\.repeatedParameter)
                    ?? exchange.challengeLines.firstNonNil { ChallengeGrammar.bareRealm(in: $0) }
                return fault.map { "one with \($0)" }
            }
        },
        ResourceRuleCheck("RES-08", "N-01") { evidence in
            guard let exchange = evidence.sent(["N-01"]).first else { return evidence.reason(["N-01"]) }
            guard exchange.status == 401, let challenge = exchange.bearer.first else {
                return .notTestable("without credential there is no Bearer challenge")
            }
            return challenge["error"] == nil
                ? .kept : .broken(expected: "401 without error in WWW-Authenticate", actual: exchange.came, exchange)
        },
        .bearerChallenge("RES-12", "a WWW-Authenticate field with the allowed characters alone") { $0.oddCharacters },
    ]

    private static func bearerChallenge(
        _ id: String, _ expected: String, _ fault: @escaping @Sendable (Challenge) -> String?
    ) -> ResourceRuleCheck {
        ResourceRuleCheck(id, "N-01", "N-07") { evidence in
            let seen = evidence.answered.filter { !$0.bearer.isEmpty }
            if seen.isEmpty { return .notTestable("no answer has a Bearer challenge") }
            for exchange in seen {
                if let fault = exchange.bearer.firstNonNil(fault) {
                    return .broken(expected: expected, actual: fault, exchange)
                }
            }
            return .kept
        }
    }
}

extension ProbeExchange {
    var challengeLines: [String] { response?.headers.values("WWW-Authenticate") ?? [] }
    var bearer: [Challenge] { challenges.filter { $0.isScheme("Bearer") } }
}

extension ResourceEvidence {
    /// Judges every 401.
    fileprivate func each401(_ fault: (ProbeExchange) -> String?) -> RuleVerdict {
        let seen = answered.filter { $0.status == 401 }
        if seen.isEmpty { return .notTestable("no answer is a 401") }
        for exchange in seen {
            if let fault = fault(exchange) {
                return .broken(expected: "401 with a WWW-Authenticate field", actual: "401, \(fault)", exchange)
            }
        }
        return .kept
    }

    /// Judges every answer that has a challenge.
    fileprivate func eachChallenge(_ expected: String, _ fault: (ProbeExchange) -> String?) -> RuleVerdict {
        let seen = answered.filter { !$0.challengeLines.isEmpty }
        if seen.isEmpty { return .notTestable("no answer has a WWW-Authenticate") }
        for exchange in seen {
            if let fault = fault(exchange) {
                return .broken(expected: expected, actual: fault, exchange)
            }
        }
        return .kept
    }
}

extension Challenge {
    fileprivate var repeatedParameter: String? {
        ["realm", "scope", "error", "error_description", "error_uri"].first { name in
            parameters.filter { $0.name == name }.count > 1
        }.map { "'\($0)' more than once" }
    }

    /// RFC 6750 §3: `error` and `error_description` leave out quotes and backslashes, `scope` blanks but single ones.
    fileprivate var oddCharacters: String? {
        for parameter in parameters where ["error", "error_description", "scope"].contains(parameter.name) {
            let isFit = parameter.value.utf8.allSatisfy { byte in
                (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            }
            if !isFit { return "one with others in '\(parameter.name)'" }
        }
        return nil
    }
}
