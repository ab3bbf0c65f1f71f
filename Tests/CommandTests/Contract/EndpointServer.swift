import Providers
import Secrets
import Synchronization
import TestSupport

@testable import Tokens

/// An authorization server on loopback with revocation, introspection and the API behind it, over real HTTP. It keeps
/// the rules of RFC 6749, 6750, 7009 and 7662 but for its defects.
final class EndpointServer: Sendable {
    enum Defect: String, CaseIterable, Sendable {
        /// REV-03
        case unknownTokenIsAnError
        /// REV-06
        case hintCounts
        /// INT-02
        case anybodyAsks
        /// INT-08
        case revokedIsActive
        /// INT-04
        case deadTokensAreDescribed
    }

    private static let client = "acme"
    private static let secret = "s3cret-for-tests-0123456789"
    private static let noStore = "Cache-Control: no-store"

    private struct Books {
        var alive: Set<String> = []
        var issued: Set<String> = []
    }

    let server: RawServer
    private let books: Box

    private final class Box: Sendable {
        let state = Mutex(Books())
    }

    init(_ defects: Set<Defect> = []) throws {
        let box = Box()
        books = box
        server = try RawServer { request in
            let words = request.requestLine.split(separator: " ")
            let path = words[1].prefix { $0 != "?" }
            guard ["/token", "/revoke", "/introspect"].contains(path) else {
                return Self.api(words[0], path, request, box)
            }
            guard words[0] == "POST" else { return Self.refuse(405, "invalid_request", ["Allow: POST"]) }
            let pairs = Self.pairs(request)
            let form = Dictionary(pairs) { first, _ in first }
            if form.count < pairs.count || !Self.isForm(request) { return Self.refuse(400, "invalid_request") }
            if !Self.isClient(request, form), !(path == "/introspect" && defects.contains(.anybodyAsks)) {
                return Self.refuse(401, "invalid_client", ["WWW-Authenticate: Basic realm=\"tokens\""])
            }
            switch path {
            case "/token": return Self.issue(form, box)
            case "/revoke": return Self.revoke(form, box, defects)
            default: return Self.introspect(form, box, defects)
            }
        }
    }

    /// The tokens that the server was asked to revoke, and gave out.
    var revoked: Set<String> {
        let asked = server.requests.filter { $0.requestLine.hasPrefix("POST /revoke ") }
            .flatMap { Self.pairs($0).filter { $0.0 == "token" } }.map(\.1)
        return books.state.withLock { $0.issued.intersection(asked) }
    }

    /// Tokens with which the API was called after they had been revoked.
    var deadTokensShown: Int {
        let dead = books.state.withLock { $0.issued.subtracting($0.alive) }
        let shown = server.requests.filter { $0.requestLine.contains(" /orders ") }
            .flatMap { $0.values("Authorization") }.map { String($0.dropFirst("Bearer ".count)) }
        return Set(shown).intersection(dead).count
    }

    // MARK: Endpoints

    private static func issue(_ form: [String: String], _ box: Box) -> RawReply {
        switch form["grant_type"] {
        case nil, "": return refuse(400, "invalid_request")
        case "client_credentials": break
        case "password": return refuse(400, "unauthorized_client")
        default: return refuse(400, "unsupported_grant_type")
        }
        if let scope = form["scope"], !scope.isEmpty, scope != "orders" { return refuse(400, "invalid_scope") }
        if let target = form["resource"], !target.isEmpty { return refuse(400, "invalid_target") }
        let token = box.state.withLock { books in
            let code = KeyedHash.code([UInt8(books.issued.count)], key: [7], .sha256)
            let token = Base64.encode(code, urlSafe: true, padded: false)
            books.issued.insert(token)
            books.alive.insert(token)
            return token
        }
        return json(
            200, #"{"access_token":"\#(token)","token_type":"Bearer","expires_in":600,"scope":"orders"}"#)
    }

    private static func revoke(_ form: [String: String], _ box: Box, _ defects: Set<Defect>) -> RawReply {
        guard let token = form["token"], !token.isEmpty else { return refuse(400, "invalid_request") }
        let isKnown = box.state.withLock { $0.issued.contains(token) }
        if !isKnown, defects.contains(.unknownTokenIsAnError) { return refuse(400, "invalid_request") }
        if !defects.contains(.hintCounts) || form["token_type_hint"] == "access_token" {
            box.state.withLock { _ = $0.alive.remove(token) }
        }
        return .answer(200, [noStore])
    }

    private static func introspect(_ form: [String: String], _ box: Box, _ defects: Set<Defect>) -> RawReply {
        guard let token = form["token"], !token.isEmpty else { return refuse(400, "invalid_request") }
        let isActive = box.state.withLock {
            $0.alive.contains(token) || defects.contains(.revokedIsActive) && $0.issued.contains(token)
        }
        if isActive {
            return json(
                200,
                #"{"active":true,"scope":"orders","client_id":"acme","iat":1700000000,"exp":1700000600}"#)
        }
        return json(200, #"{"active":false"# + (defects.contains(.deadTokensAreDescribed) ? #","sub":"a"}"# : "}"))
    }

    private static func api(_ method: Substring, _ path: Substring, _ request: RawRequest, _ box: Box) -> RawReply {
        let lines = request.values("Authorization")
        guard let line = lines.first else {
            return json(401, #"{"message":"log in"}"#, ["WWW-Authenticate: Bearer realm=\"orders\""])
        }
        if request.requestLine.contains("access_token=") {
            return json(400, "{}", ["WWW-Authenticate: Bearer realm=\"orders\", error=\"invalid_request\""])
        }
        let parts = line.split(separator: " ", omittingEmptySubsequences: true)
        let isGood =
            lines.count == 1 && parts.count == 2 && parts[0].lowercased() == "bearer"
            && box.state.withLock { $0.alive.contains(String(parts[1])) }
        guard isGood else {
            return json(
                401, #"{"message":"log in"}"#, ["WWW-Authenticate: Bearer realm=\"orders\", error=\"invalid_token\""])
        }
        guard ["GET", "HEAD"].contains(method) else { return json(405, "{}", ["Allow: GET, HEAD"]) }
        guard path == "/orders" else { return json(404, #"{"message":"nothing there"}"#) }
        return json(200, #"{"orders":[{"id":1,"item":"tea"}]}"#)
    }

    // MARK: Pieces

    private static func isClient(_ request: RawRequest, _ form: [String: String]) -> Bool {
        let pair = "Basic " + Base64.encode(Array("\(client):\(secret)".utf8))
        return request.values("Authorization") == [pair] && form["client_secret"] == nil
    }

    private static func isForm(_ request: RawRequest) -> Bool {
        request.values("Content-Type").first?.hasPrefix("application/x-www-form-urlencoded") ?? false
    }

    private static func pairs(_ request: RawRequest) -> [(String, String)] {
        String(decoding: request.body, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (FormDecoding.text(parts[0]), parts.count == 2 ? FormDecoding.text(parts[1]) : "")
        }
    }

    private static func json(_ status: Int, _ body: String, _ more: [String] = []) -> RawReply {
        .answer(status, ["Content-Type: application/json", noStore, "Pragma: no-cache"] + more, body)
    }

    private static func refuse(_ status: Int, _ code: String, _ more: [String] = []) -> RawReply {
        json(status, #"{"error":"\#(code)"}"#, more)
    }

    // MARK: The project

    func project() throws -> UsherProject {
        let url = server.url
        return try UsherProject([
            "providers/shop.json": """
            { "id": "shop", "baseURL": "\(url)", "secrets": { "clientId": { "sensitive": false }, "clientSecret": {} },
              "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "\(url)/token" },
                "clientAuth": { "method": "basic" }, "scope": { "values": ["orders"] },
                "revoke": { "url": "\(url)/revoke" }, "introspect": { "url": "\(url)/introspect" } } }
            """,
            "environments/test.json": """
            { "name": "test", "identities": { "shop": { "provider": "shop", "secrets": {
                "clientId": { "insecureLiteral": "\(Self.client)" },
                "clientSecret": { "insecureLiteral": "\(Self.secret)" } } } } }
            """,
            "collections/orders.json": """
            { "name": "Orders", "provider": "shop", "requests": [ { "name": "list orders", "request": "GET /orders" } ] }
            """,
        ])
    }
}
