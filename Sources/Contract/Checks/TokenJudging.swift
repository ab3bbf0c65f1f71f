import HTTP
import JSON
import Providers
import Tokens

/// An answer to a probe, with what it says.
struct ProbedAnswer {
    let exchange: ProbeExchange
    let response: HTTPResponse
    let answer: TokenAnswer

    var status: Int { response.status }
    var code: String? { answer.errorCode }
    var isGranted: Bool { answer.isGranted && (200...299).contains(status) }
    var isRefused: Bool { status >= 400 }

    /// `401 with the code invalid_client`; a code that is no word is not repeated.
    var words: String {
        if isGranted { return "\(status) with a token" }
        guard let code else { return "\(status) without an error code" }
        return code.utf8.count <= 60 && code.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            ? "\(status) with the code \(code)" : "\(status) with an error code that is no word"
    }

    func isCode(_ wanted: String, status wantedStatus: Int? = nil) -> Bool {
        code == wanted && wantedStatus.map { $0 == status } ?? true
    }

    func broken(_ expected: String, _ actual: String? = nil) -> RuleVerdict {
        .broken(expected: expected, actual: actual ?? words, exchange)
    }

    /// Of a token for a client or a user who does not exist.
    func letIn(_ expected: String) -> RuleVerdict { .letIn(expected: expected, actual: words, exchange) }
}

extension TokenEvidence {
    var newestLogin: Grant? { logins.last }
    var isOAuth: Bool { rules.grant.isOAuth }

    /// The answers of a probe; those that never came are left out.
    func answers(_ id: String) -> [ProbedAnswer] {
        let isRefresh = id == "refresh" || TokenProbe.all.first { $0.id == id }?.basis == .refresh
        return (exchanges[id] ?? []).compactMap { exchange in
            exchange.response.map {
                ProbedAnswer(
                    exchange: exchange, response: $0, answer: TokenAnswer(of: $0, for: identity, isRefresh: isRefresh))
            }
        }
    }

    /// All refusals that a token service should explain: not those of a method, content type or scheme it does not take, nor of
    /// its rate limit.
    var refusals: [ProbedAnswer] {
        TokenProbe.all.filter { $0.basis != .endpoint }.map(\.id)
            .filter { !["T-11", "T-14", "T-27", "TOK-01"].contains($0) }.flatMap(answers)
            .filter { !$0.isGranted && $0.status != 429 && !(300...399).contains($0.status) }
    }
}

extension TokenRuleCheck {
    static let notOAuth = "the provider's login is no OAuth request"

    /// Judged on the newest ordinary login.
    static func login(
        _ id: String, _ judge: @escaping @Sendable (TokenEvidence, TokenEvidence.Grant) -> RuleVerdict
    ) -> TokenRuleCheck {
        TokenRuleCheck(id) { evidence in
            guard let grant = evidence.newestLogin else { return .notTestable(noLogin(evidence)) }
            return judge(evidence, grant)
        }
    }

    static func noLogin(_ evidence: TokenEvidence) -> String {
        guard let refused = evidence.exchanges["login"]?.last else { return "no token was asked for in this run" }
        return refused.status.map { "the ordinary token request was answered \($0) without a token" }
            ?? "the ordinary token request got no answer"
    }

    /// Judged on the answers of probes: all must have been sent and answered, and the controls must stand.
    static func probed(
        _ id: String, _ probes: [String], isOAuth: Bool = false,
        _ judge: @escaping @Sendable (TokenEvidence, [String: [ProbedAnswer]]) -> RuleVerdict
    ) -> TokenRuleCheck {
        TokenRuleCheck(id, probes: probes) { evidence in
            if isOAuth, !evidence.isOAuth { return .notTestable(notOAuth) }
            var answers: [String: [ProbedAnswer]] = [:]
            for probe in probes {
                switch evidence.collected(probe) {
                case .success(let found): answers[probe] = found
                case .failure(let gap): return gap.verdict
                }
            }
            if let doubt = evidence.doubt { return .noVerdict(doubt) }
            return judge(evidence, answers)
        }
    }

    /// The same where one probe is enough; its first answer is judged.
    static func first(
        _ id: String, _ probe: String, isOAuth: Bool = false,
        _ judge: @escaping @Sendable (TokenEvidence, ProbedAnswer) -> RuleVerdict
    ) -> TokenRuleCheck {
        probed(id, [probe], isOAuth: isOAuth) { evidence, answers in
            guard let answer = answers[probe]?.first else { return .notTestable("the probe \(probe) was not sent") }
            return judge(evidence, answer)
        }
    }
}

/// Why a probe's answers cannot be judged.
struct EvidenceGap: Error {
    let verdict: RuleVerdict
}

extension TokenEvidence {
    /// At least one answer.
    func collected(_ probe: String) -> Result<[ProbedAnswer], EvidenceGap> {
        guard let sent = exchanges[probe], !sent.isEmpty else {
            let reason = unsent[probe] ?? "the probe \(probe) was not sent"
            return .failure(EvidenceGap(verdict: .notTestable(reason)))
        }
        let answers = answers(probe)
        guard answers.count == sent.count else {
            return .failure(EvidenceGap(verdict: .noVerdict("No verdict: the probe \(probe) got no answer")))
        }
        return .success(answers)
    }
}

extension HTTPResponse {
    /// Whether a comma-separated field holds that word, compared without case.
    func has(_ word: String, in field: String) -> Bool {
        (headers[field] ?? "").split(separator: ",").contains { part in
            let name = part.drop { $0 == " " || $0 == "\t" }.prefix { !" \t=;".contains($0) }
            return HeaderFields.sameName(String(name), word)
        }
    }

    /// The media type in lower case, without parameters.
    var mediaType: String? {
        headers.values("Content-Type").first.map { line in
            line.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        }
    }

    var jsonRoot: JSONNode? { (try? JSONDocument.parse(body))?.root }
}
