import Providers
import Synchronization
import TestSupport

@testable import Tokens

/// An authorization server on loopback with the API behind it, over real HTTP: the authorization endpoint answers like
/// one whose user has just agreed, with a redirect.
final class AuthorizationServer: Sendable {
    static let client = "the-client"

    struct Script: Sendable {
        /// Answers to polls with a device code before the token.
        var polls: [String] = []
        var deviceLifetime = 60
    }

    private struct State {
        var challenges: [String: String] = [:]
        var redirects: [String: String] = [:]
        var polls: [String]
        var tokens = 0
        /// What the token endpoint found wrong.
        var complaints: [String] = []
    }

    let server: RawServer
    private let state: Box

    private final class Box: Sendable {
        let state: Mutex<State>
        init(_ state: State) { self.state = Mutex(state) }
    }

    init(_ script: Script = Script()) throws {
        let box = Box(State(polls: script.polls))
        state = box
        server = try RawServer { request in
            let target = request.requestLine.split(separator: " ")[1]
            switch target.prefix(while: { $0 != "?" }) {
            case "/authorize": return Self.authorize(String(target), box)
            case "/device": return Self.device(request, script)
            case "/token": return Self.token(Self.form(String(decoding: request.body, as: UTF8.self)), box)
            default: return .answer(200, ["Content-Type: application/json"], "{}")
            }
        }
    }

    var complaints: [String] { state.state.withLock { $0.complaints } }

    /// The forms that came to an endpoint.
    func forms(_ path: String) -> [[String: String]] {
        server.requests.filter { $0.requestLine.hasPrefix("POST \(path) ") }
            .map { Self.form(String(decoding: $0.body, as: UTF8.self)) }
    }

    static func form(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[FormDecoding.text(parts[0])] = parts.count == 2 ? FormDecoding.text(parts[1]) : ""
        }
        return values
    }

    private static func json(_ status: Int, _ body: String) -> RawReply {
        .answer(status, ["Content-Type: application/json"], body)
    }

    private static func authorize(_ target: String, _ box: Box) -> RawReply {
        let sent = form(String(target.drop { $0 != "?" }.dropFirst()))
        let redirect = sent["redirect_uri"] ?? ""
        guard redirect.hasPrefix("http://127.0.0.1:"), sent["response_type"] == "code", sent["client_id"] == client,
            sent["code_challenge_method"] == "S256", let challenge = sent["code_challenge"], let state = sent["state"]
        else { return .answer(400) }
        let code = box.state.withLock { box in
            let code = "code-for-tests-\(box.challenges.count)"
            box.challenges[code] = challenge
            box.redirects[code] = redirect
            return code
        }
        return .answer(302, ["Location: \(redirect)?code=\(code)&state=\(state)"])
    }

    private static func device(_ request: RawRequest, _ script: Script) -> RawReply {
        let place = "http://\(request.values("Host").first ?? "")/enter"
        return json(
            200,
            #"{"device_code":"device-code-for-tests","user_code":"WDJB-MJHT","verification_uri":"\#(place)","#
                + #""verification_uri_complete":"\#(place)?user_code=WDJB-MJHT","interval":1,"#
                + #""expires_in":\#(script.deviceLifetime)}"#)
    }

    private static func token(_ sent: [String: String], _ box: Box) -> RawReply {
        box.state.withLock { box in
            func refuse(_ complaint: String) -> RawReply {
                box.complaints.append(complaint)
                return json(400, #"{"error":"invalid_grant"}"#)
            }
            switch sent["grant_type"] {
            case "authorization_code":
                guard let code = sent["code"], let challenge = box.challenges.removeValue(forKey: code) else {
                    return refuse("no such code")
                }
                guard PKCEProof(.s256, verifier: sent["code_verifier"] ?? "").challenge == challenge else {
                    return refuse("wrong verifier")
                }
                guard sent["redirect_uri"] == box.redirects[code] else { return refuse("another redirect_uri") }
            case "urn:ietf:params:oauth:grant-type:device_code":
                guard sent["device_code"] == "device-code-for-tests" else { return refuse("no such device code") }
                if !box.polls.isEmpty { return json(400, #"{"error":"\#(box.polls.removeFirst())"}"#) }
            case "refresh_token":
                guard sent["refresh_token"] == "refresh-for-tests-\(box.tokens)" else { return refuse("a spent token") }
            default: return refuse("unknown grant")
            }
            guard sent["client_id"] == client else { return refuse("no client") }
            box.tokens += 1
            return json(
                200,
                #"{"access_token":"access-for-tests-\#(box.tokens)","token_type":"Bearer","expires_in":600,"#
                    + #""refresh_token":"refresh-for-tests-\#(box.tokens)"}"#)
        }
    }

    // MARK: The project

    /// A project whose identity `mail` signs in here.
    func project(grant: String) throws -> UsherProject {
        let url = server.url
        let place = grant == "device_code" ? #""deviceURL": "\#(url)/device""# : #""authorizeURL": "\#(url)/authorize""#
        return try UsherProject([
            "providers/mail.json": """
            { "id": "mail", "baseURL": "\(url)/api",
              "secrets": { "clientId": { "sensitive": false }, "unused": { "required": false } },
              "verify": { "request": "GET /me" },
              "auth": { "type": "token", "grant": "\(grant)", "request": { "url": "\(url)/token" },
                "clientAuth": { "method": "none" }, "scope": { "values": ["orders"] },
                "interactive": { \(place) } } }
            """,
            "environments/test.json": """
            { "name": "test", "identities": { "mail": { "provider": "mail",
                "secrets": { "clientId": { "insecureLiteral": "\(Self.client)" }, "unused": { "env": "UNUSED" } } } } }
            """,
            "collections/mail.json": """
            { "name": "Mail", "provider": "mail", "requests": [
                { "name": "one", "request": "GET /one" }, { "name": "two", "request": "GET /two" } ] }
            """,
        ])
    }
}
