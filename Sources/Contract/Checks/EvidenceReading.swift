import HTTP
import Tokens

/// What came of one probe.
enum Access {
    /// Served as the control was.
    case admitted(status: Int)
    /// Refused, by a status or by an error in the body.
    case refused(status: Int)
    /// 2xx, and neither: the difference in words.
    case unlike(String)
    /// Nothing that says anything about the credential: the reason in words.
    case unheard(String)
}

extension Access {
    /// - Parameter control: what a good call is answered.
    init(of exchange: ProbeExchange, beside control: HTTPResponse?) {
        guard let response = exchange.response else {
            let reason = if case .failure(let error) = exchange.answer { " (\(error.message))" } else { "" }
            self = .unheard("there was no answer\(reason)")
            return
        }
        switch response.status {
        case 429, 423: self = .unheard("it was answered \(response.status): no more requests for now")
        case 502, 503, 504: self = .unheard("it was answered \(response.status): whoever answers was not there")
        case 200..<300: self = Self.success(response, exchange.request.method, beside: control)
        default: self = .refused(status: response.status)
        }
    }

    private static func success(
        _ response: HTTPResponse, _ method: HTTPMethod, beside control: HTTPResponse?
    ) -> Access {
        // Nothing but the status to compare.
        if method == .head { return .admitted(status: response.status) }
        guard let control else { return .unheard("the request itself had no answer") }
        let (expected, actual) = (AnswerShape(control), AnswerShape(response))
        if expected.compared(with: actual) == .same { return .admitted(status: response.status) }
        if ErrorMember.stands(in: response), !ErrorMember.stands(in: control) {
            return .refused(status: response.status)
        }
        return .unlike("it was answered \(response.status), but \(expected.difference(from: actual))")
    }
}

extension ResourceEvidence {
    func access(_ exchange: ProbeExchange) -> Access { Access(of: exchange, beside: control.response) }

    /// Every answer there is, the control's first.
    var answered: [ProbeExchange] {
        ([control] + exchanges.keys.sorted().flatMap { exchanges[$0] ?? [] }).filter { $0.response != nil }
    }

    var refusals: [ProbeExchange] { answered.filter { $0.status == 401 || $0.status == 403 } }

    /// The exchanges of probes, in the order given.
    func sent(_ probes: [String]) -> [ProbeExchange] { probes.flatMap { exchanges[$0] ?? [] } }

    /// Why none of them was sent.
    func reason(_ probes: [String]) -> RuleVerdict {
        .notTestable(probes.firstNonNil { unsent[$0] } ?? "the probe was not sent")
    }

    /// Whether it is served to everybody: what a bad credential brings says nothing then.
    var isPublic: Bool {
        sent(["N-01"]).contains { if case .admitted = access($0) { true } else { false } }
    }

    /// `Bearer` in the Authorization field.
    var isBearer: Bool { scheme.map { HeaderFields.sameName($0, "Bearer") } ?? false }

    var scheme: String? {
        let placed = credential.placements.first {
            $0.place == .header && HeaderFields.sameName($0.name, "Authorization")
        }
        return placed.map { CredentialPart($0, at: 0, secrets: []).scheme } ?? nil
    }

    /// A key that no token service gave.
    var isStaticKey: Bool { credential.token == nil && !credential.placements.isEmpty }
}

extension RuleVerdict {
    static let servedToAll = RuleVerdict.notTestable("the request is served without credential anyway (RES-02)")
}

extension ProbeExchange {
    /// What came, in words: `403, no WWW-Authenticate`.
    var came: String {
        guard let status else { return "no answer" }
        guard status == 401 else { return String(status) }
        return challenges.isEmpty
            ? "401, no WWW-Authenticate" : "401 with \(challenges.map(\.words).joined(separator: ", "))"
    }
}

extension Challenge {
    /// The scheme and its error, if it has one; both cut, since they are the server's text.
    var words: String {
        let name = scheme.isEmpty ? "a challenge without scheme" : String(scheme.prefix(40))
        return self["error"].map { "\(name) error=\($0.prefix(40))" } ?? name
    }
}
