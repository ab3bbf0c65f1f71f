import HTTP
import Tokens

extension ResourceRuleCheck {
    /// What answers give away, and to whom.
    static let answers: [ResourceRuleCheck] = [
        ResourceRuleCheck("RES-23", "N-01", "N-07", "N-09", "N-11") { $0.leaks },
        ResourceRuleCheck("RES-24") { $0.cacheability },
    ]
}

extension ResourceEvidence {
    fileprivate var leaks: RuleVerdict {
        let seen = refusals
        if seen.isEmpty { return .notTestable("no answer is a 401 or 403") }
        for exchange in seen {
            if let leak = leak(exchange) {
                return .broken(expected: "a refusal that tells nothing", actual: "\(leak) in its body", exchange)
            }
        }
        return .kept
    }

    private func leak(_ exchange: ProbeExchange) -> String? {
        guard let response = exchange.response, !response.body.isEmpty else { return nil }
        if let control = control.response, control.status / 100 == 2,
            AnswerShape(control).hasSamePaths(AnswerShape(response))
        {
            return "the members of the ordinary answer"
        }
        let body = response.body
        if exchange.request.credentialWords.contains(where: { body.firstRange(of: Array($0.utf8)) != nil }) {
            return "the credential that was sent"
        }
        let text = String(decoding: body, as: UTF8.self)
        if Traces.stack.contains(where: { text.contains($0) }) { return "a stack trace" }
        return Traces.hosts.contains { text.contains($0) } ? "an internal address" : nil
    }

    /// RFC 9111 §3.5: what makes a shared cache keep an answer to an authorised request.
    fileprivate var cacheability: RuleVerdict {
        guard let response = control.response, (200..<300).contains(response.status) else {
            return .notTestable("the request was not answered 2xx")
        }
        let cache = CacheControl(response)
        if cache.has("no-store") || cache.has("private") || cache.has("no-cache") { return .kept }
        let inAuthorization = credential.placements.contains { HeaderFields.sameName($0.name, "Authorization") }
        let isKept =
            cache.has("public") || (cache.has("must-revalidate") && cache.seconds("max-age") != 0)
            || (cache.seconds("s-maxage") ?? 0) > 0
            // Only the Authorization field keeps caches from it.
            || (!inAuthorization && (cache.seconds("max-age") ?? 0) > 0)
        return isKept
            ? .broken(
                expected: "an answer that shared caches do not keep",
                actual: "one that they may keep, by its Cache-Control", control)
            : .kept
    }
}

extension AnswerShape {
    /// Whether the bodies have the same members, whatever the statuses; an empty object has none.
    fileprivate func hasSamePaths(_ other: AnswerShape) -> Bool {
        guard let paths, let others = other.paths else { return false }
        return paths == others && paths.count > 1
    }
}

extension HTTPRequest {
    /// What of a credential stands in its fields and parameters, long enough to be recognised.
    fileprivate var credentialWords: [String] {
        let fields = headers.filter(\.isSensitive).flatMap { field in
            field.value.split { (character: Character) in " ,;\"=".contains(character) }
        }
        let query = (url.query ?? "").split(separator: "&").filter { pair in
            sensitiveQuery.contains(String(pair.prefix { $0 != "=" }))
        }
        let values = query.map { $0.drop { $0 != "=" }.dropFirst() }
        return (fields + values).filter { $0.utf8.count >= 12 }.map(String.init)
    }
}

/// What shows in a body where an error was not caught.
private enum Traces {
    static let stack = [
        "Traceback (most recent call last)", "\tat java.", "\tat org.", "\tat com.", ".java:", "Exception in thread",
        "node_modules/", ".js:", "goroutine ", ".go:", "System.Web.", "   at System.", ".cs:line ", "#0 /", ".php:",
        ".php(", ".rb:", "Stack trace:", "stacktrace", "stackTrace",
    ]
    static let hosts = [
        "://10.", "://192.168.", "://172.16.", "://localhost", "://127.0.0.1", ".internal", ".svc.cluster.local",
        "jdbc:", "mongodb://", "postgres://", "redis://",
    ]
}
