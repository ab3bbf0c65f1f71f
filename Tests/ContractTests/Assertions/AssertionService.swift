import HTTP
import JSON
import Providers
import Secrets
import Synchronization
import Tokens

/// An authorization server whose client shows itself with a signed assertion (RFC 7523), each of which may be sent once;
/// changed by a flaw.
final class AssertionService: Sendable {
    static let key = "0123456789abcdef0123456789abcdef"

    struct Flaw: Sendable {
        /// Claims that it does not look at: `sub`, or `exp` for whether it is there; `late` for whether it has passed.
        var unread: Set<String> = []
        var code = "invalid_client"
        var seesSignature = true
        var seesReplay = true
        /// The audiences it takes.
        var audiences: Set<String> = ["https://auth.test/token", "https://auth.test"]
        /// Seconds that an assertion may be valid for at most.
        var longest = 3600.0
    }

    private let flaw: Flaw
    private let isGrant: Bool
    private let state = Mutex((ids: Set<String>(), tokens: 0, sawEnd: false))

    init(_ flaw: Flaw = Flaw(), isGrant: Bool = false) { (self.flaw, self.isGrant) = (flaw, isGrant) }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard request.url.scheme == "https" else { return EndpointService.json(403, #"{"message":"TLS only"}"#) }
        guard request.method == .post else {
            return EndpointService.json(405, #"{"error":"invalid_request"}"#, [HeaderField("Allow", "POST")])
        }
        let form = Dictionary(EndpointService.pairs(request)) { first, _ in first }
        let text = form[isGrant ? "assertion" : "client_assertion"] ?? ""
        guard isGood(text, form["client_id"]) else {
            let code = isGrant && flaw.code == "invalid_client" ? "invalid_grant" : flaw.code
            return EndpointService.refusal(isGrant ? 400 : 401, code)
        }
        let wanted = isGrant ? "jwt-bearer" : "client_credentials"
        guard form["grant_type"]?.hasSuffix(wanted) == true else {
            return EndpointService.refusal(400, "unsupported_grant_type")
        }
        let number = state.withLock { state -> Int in
            state.tokens += 1
            return state.tokens
        }
        let token = Base64.encode(
            KeyedHash.code([UInt8(number % 250)], key: [1], .sha256), urlSafe: true, padded: false)
        return EndpointService.json(
            200, #"{"access_token":"\#(token)","token_type":"Bearer","expires_in":3600}"#)
    }

    static func claims(_ text: String) -> JSONNode? {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 3, let payload = Base64.decode(parts[1]) else { return nil }
        return (try? JSONDocument.parse(payload))?.root
    }

    /// An assertion that had ended came.
    var hasRefusedEnd: Bool { state.withLock { $0.sawEnd } }

    private func isGood(_ text: String, _ id: String?) -> Bool {
        let parts = text.split(separator: ".").map(String.init)
        guard let claims = Self.claims(text) else { return false }
        let code = KeyedHash.code(Array("\(parts[0]).\(parts[1])".utf8), key: Array(Self.key.utf8), .sha256)
        if flaw.seesSignature, Base64.encode(code, urlSafe: true, padded: false) != parts[2] { return false }
        guard ["iss", "sub", "aud", "exp"].allSatisfy({ claims[$0] != nil || flaw.unread.contains($0) }) else {
            return false
        }
        let now = Double(TokenClock.system.wall()) / 1000
        if let end = claims["exp"]?.number?.double {
            if end < now, !flaw.unread.contains("late") {
                state.withLock { $0.sawEnd = true }
                return false
            }
            if end > now + flaw.longest { return false }
        }
        if let subject = claims["sub"]?.string, subject != "acme", !flaw.unread.contains("sub") { return false }
        if let audience = claims["aud"]?.string, !flaw.audiences.contains(audience), !flaw.unread.contains("aud") {
            return false
        }
        guard flaw.seesReplay, let name = claims["jti"]?.string else { return true }
        return state.withLock { $0.ids.insert(name).inserted }
    }
}
