import HTTP
import JSON
import Providers
import Secrets
import Synchronization
import Tokens

/// An authorization server with revocation and introspection that keeps the rules of RFC 6749, 7009 and 7662, changed by
/// a flaw.
final class EndpointService: Sendable {
    static let secret = "s3cret-0123456789-XYZ"

    typealias Edit =
        @Sendable (_ path: String, _ form: [String: String], _ request: HTTPRequest, inout HTTPResponse) -> Void

    struct Flaw: Sendable {
        /// Changes an answer of the endpoint at that path.
        var edit: Edit = { _, _, _, _ in }
        var takesGet = false
        var asksAnybody = false
        var ignoresHint = true
        var refreshEndsAccess = true
        var endsRevoked = true
        var forgets = false
        var repeatsTokens = false
    }

    private struct Token {
        let grant: Int
        let isRefresh: Bool
        var isAlive = true
    }

    private struct State {
        var tokens: [String: Token] = [:]
        var grants = 0
    }

    private let flaw: Flaw
    private let state = Mutex(State())

    init(_ flaw: Flaw = Flaw()) { self.flaw = flaw }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard request.url.scheme == "https" else { return Self.json(403, #"{"message":"TLS only"}"#) }
        let pairs = Self.pairs(request, readsQuery: flaw.takesGet && request.url.path != "/token")
        let form = Dictionary(pairs) { first, _ in first }
        var response = answer(request, pairs, form)
        flaw.edit(request.url.path, form, request, &response)
        return response
    }

    private func answer(_ request: HTTPRequest, _ pairs: [(String, String)], _ form: [String: String]) -> HTTPResponse {
        let path = request.url.path
        if request.method != .post, !(flaw.takesGet && path != "/token") {
            return Self.json(405, #"{"error":"invalid_request"}"#, [HeaderField("Allow", "POST")])
        }
        let basic = "Basic " + Base64.encode(Array("acme:\(Self.secret)".utf8))
        let isKnown =
            request.headers["Authorization"] == basic
            || form["client_id"] == "acme" && form["client_secret"] == Self.secret
        guard isKnown || path == "/introspect" && flaw.asksAnybody else {
            return Self.json(
                401, #"{"error":"invalid_client"}"#, [HeaderField("WWW-Authenticate", "Basic realm=\"t\"")])
        }
        switch path {
        case "/revoke": return revoke(form)
        case "/introspect": return introspect(form)
        default: return issue(form)
        }
    }

    /// Whether it is one of its access tokens and was not revoked.
    func isAlive(_ token: String) -> Bool {
        state.withLock { $0.tokens[token].map { $0.isAlive && !$0.isRefresh } ?? false }
    }

    private func issue(_ form: [String: String]) -> HTTPResponse {
        guard form["grant_type"] == "client_credentials" else { return Self.refusal(400, "unsupported_grant_type") }
        return state.withLock { state in
            if !flaw.repeatsTokens || state.grants == 0 { state.grants += 1 }
            let (access, refresh) = (Self.token("a", state.grants), Self.token("r", state.grants))
            state.tokens[access] = Token(grant: state.grants, isRefresh: false)
            state.tokens[refresh] = Token(grant: state.grants, isRefresh: true)
            return Self.json(
                200,
                """
                {"access_token":"\(access)","refresh_token":"\(refresh)","token_type":"Bearer","expires_in":3600,\
                "scope":"read"}
                """)
        }
    }

    private func revoke(_ form: [String: String]) -> HTTPResponse {
        guard let name = form["token"], !name.isEmpty else { return Self.refusal(400, "invalid_request") }
        if !flaw.ignoresHint, form["token_type_hint"] == "usher_unknown" {
            return Self.refusal(400, "unsupported_token_type")
        }
        state.withLock { state in
            guard let token = state.tokens[name], flaw.endsRevoked else { return }
            if !flaw.ignoresHint, token.isRefresh != (form["token_type_hint"] == "refresh_token") { return }
            state.tokens[name]?.isAlive = false
            guard token.isRefresh, flaw.refreshEndsAccess else { return }
            for (other, sibling) in state.tokens where sibling.grant == token.grant {
                state.tokens[other]?.isAlive = false
            }
        }
        return HTTPResponse(status: 200, headers: [HeaderField("Cache-Control", "no-store")])
    }

    private func introspect(_ form: [String: String]) -> HTTPResponse {
        guard let name = form["token"] else { return Self.refusal(400, "invalid_request") }
        let token = state.withLock { $0.tokens[name] }
        guard let token, token.isAlive else { return Self.json(200, #"{"active":false}"#) }
        if flaw.forgets, token.isRefresh != (form["token_type_hint"] == "refresh_token") {
            return Self.json(200, #"{"active":false}"#)
        }
        return Self.json(
            200, #"{"active":true,"scope":"read","client_id":"acme","iat":1700000000,"exp":1700003600}"#)
    }

    // MARK: Pieces

    private static func token(_ kind: String, _ number: Int) -> String {
        Base64.encode(
            KeyedHash.code(Array("\(kind)\(number)".utf8), key: [1], .sha256), urlSafe: true, padded: false)
    }

    static func pairs(_ request: HTTPRequest, readsQuery: Bool = false) -> [(String, String)] {
        var text = readsQuery ? request.url.query ?? "" : ""
        if case .bytes(let bytes) = request.body { text = String(decoding: bytes, as: UTF8.self) }
        return text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    static func refusal(_ status: Int, _ code: String) -> HTTPResponse { json(status, #"{"error":"\#(code)"}"#) }

    static func json(_ status: Int, _ text: String, _ more: [HeaderField] = []) -> HTTPResponse {
        let fields = [HeaderField("Content-Type", "application/json"), HeaderField("Cache-Control", "no-store")]
        return HTTPResponse(status: status, headers: HeaderFields(fields + more), body: Array(text.utf8))
    }
}
