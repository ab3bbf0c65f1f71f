import HTTP
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

/// S-6: a credential in every place against every way to another host.
@Suite("Credentials and other hosts")
struct CredentialMatrixTests {
    private static let key = "the-key-7f3a"
    private static let places: [String: String] = [
        "header": #"{ "in": "header", "name": "X-Key", "value": "{{secret.key}}" }"#,
        "authorization": #"{ "in": "header", "name": "Authorization", "value": "Bearer {{secret.key}}" }"#,
        "basic": #"{ "in": "basic", "username": "me", "password": "{{secret.key}}" }"#,
        "query": #"{ "in": "query", "name": "k", "value": "{{secret.key}}" }"#,
        "cookie": #"{ "in": "cookie", "name": "sid", "value": "{{secret.key}}" }"#,
        "body": #"{ "in": "body", "name": "k", "value": "{{secret.key}}" }"#,
        "path": #"{ "in": "path", "value": "/bot{{secret.key}}" }"#,
    ]

    private static func credential(_ place: String) async throws -> Credential {
        let desk = Desk("{}")
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "key": {} }, "auth": { "type": "static" },
              "apply": [\(try #require(places[place]))] }
            """)
        return try await desk.broker.credential(for: try desk.bind(provider, secrets: ["key": key]))
    }

    private static func request(_ url: String) throws -> HTTPRequest {
        var request = HTTPRequest(.post, try HTTPURL(parsing: url))
        request.headers.append(HeaderField("Content-Type", "application/json"))
        request.body = .bytes(Array("{}".utf8))
        return request
    }

    /// Whether anything of the request holds the key, encoded or not.
    private static func holdsKey(_ request: HTTPRequest) -> Bool {
        let coded = Base64.encode(Array("me:\(key)".utf8))
        return ([request.url.text, request.bodyText] + request.headers.map(\.value)).contains { text in
            text.contains(key) || text.contains(coded)
        }
    }

    /// Where the first answer leads, and whether that is the same origin.
    static let redirects: [(String, isSame: Bool)] = [
        ("/next", true), ("https://api.acme.test/next", true), ("https://api.acme.test:443/next", true),
        ("https://API.ACME.test./next", true), ("https://api.acme.test:8443/next", false),
        ("http://api.acme.test/next", false), ("http://api.acme.test:443/next", false),
        ("https://other.test/next", false), ("//other.test/next", false), ("https://acme.test/next", false),
        ("https://evil.api.acme.test/next", false), ("https://api.acme.test.evil.test/next", false),
        ("https://api-acme.test/next", false), ("https://evilapi.acme.test/next", false),
        ("https://127.0.0.1/next", false), ("https://[::1]/next", false),
    ]

    @Test("a redirect takes it along only to the same scheme, host and port", arguments: redirects)
    func redirect(_ location: String, _ isSame: Bool) async throws {
        for place in Self.places.keys.sorted() {
            for status in [302, 307] {
                let credential = try await Self.credential(place)
                let transport = ScriptedTransport { request in
                    request.url.path.hasSuffix("/start")
                        ? HTTPResponse(status: status, headers: [HeaderField("Location", location)])
                        : HTTPResponse(status: 200)
                }
                var request = try Self.request("https://api.acme.test/start")
                try credential.apply(to: &request)
                #expect(Self.holdsKey(request), "\(place): the first request has it")
                // A body with a credential that would have to go elsewhere ends the chain.
                _ = try? await RedirectFollower(transport, maximum: 1).send(request, pool: PoolKey(identity: "acme"))
                let followed = transport.requests.dropFirst()
                #expect(followed.count <= 1)
                if isSame, place != "query", place != "path", place != "body" || status == 307 {
                    #expect(followed.allSatisfy(Self.holdsKey) && !followed.isEmpty, "\(place), \(status)")
                }
                if !isSame { #expect(!followed.contains(where: Self.holdsKey), "\(place), \(status), \(location)") }
                let isBlocked = place == "body" && status == 307 && !isSame
                #expect(followed.isEmpty == isBlocked, "\(place), \(status)")
            }
        }
    }

    /// What a URL in a collection may look like, and whether the credential goes along; nil: it is no URL at all.
    static let targets: [(String, isAllowed: Bool?)] = [
        ("https://api.acme.test/x", true), ("https://API.ACME.TEST/x", true), ("https://api.acme.test./x", true),
        ("https://api.acme.test:443/x", true), ("https://api.acme.test:8443/x", false),
        ("http://api.acme.test/x", false),
        ("http://api.acme.test:443/x", false), ("https://acme.test/x", false), ("https://evilapi.acme.test/x", false),
        ("https://evil.api.acme.test/x", false), ("https://api.acme.test.evil.test/x", false),
        ("https://api.acme.tes/x", false), ("https://api.acme.testt/x", false), ("https://api-acme.test/x", false),
        ("https://аpi.acme.test/x", false), ("https://evil.test/api.acme.test", false),
        ("https://evil.test?api.acme.test", false), ("https://evil.test#@api.acme.test/", false),
        ("https://api.acme.test@evil.test/x", nil), ("https://api.acme.test:pw@evil.test/x", nil),
        ("https://evil.test\\@api.acme.test/x", nil), ("https://api.acme.test%2eevil.test/x", nil),
        ("https://api.acme.test%00.evil.test/x", nil), ("https://api.acme.test:443:80/x", nil),
        ("https://api.acme.test /x", nil), ("https:///api.acme.test/x", nil),
        ("https://api.acme.test\t.evil.test/", nil),
    ]

    @Test("it is put only into requests to its hosts, whatever a URL looks like", arguments: targets)
    func target(_ url: String, _ isAllowed: Bool?) async throws {
        guard let isAllowed else {
            #expect(throws: HTTPURL.ParseError.self) { try HTTPURL(parsing: url) }
            return
        }
        for place in Self.places.keys.sorted() {
            let credential = try await Self.credential(place)
            let original = try Self.request(url)
            var request = original
            do throws(CredentialError) {
                try credential.apply(to: &request)
                #expect(isAllowed && Self.holdsKey(request), "\(place)")
            } catch {
                #expect(!isAllowed && error.kind == .hostNotAllowed, "\(place): \(error.message)")
                #expect(request == original)
                #expect(!error.message.contains(Self.key))
            }
        }
    }
}
