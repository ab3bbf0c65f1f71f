import HTTP
import TestSupport
import Testing

@Suite("Redirects")
struct RedirectFollowerTests {
    private static let start = "https://api.test/start?token=query-secret"

    private static func request(_ method: HTTPMethod = .get, body: HTTPBody = .none) throws -> HTTPRequest {
        let headers: HeaderFields = [
            HeaderField("Accept", "application/json"), HeaderField("Authorization", "Bearer secret"),
            HeaderField("X-Api-Key", "secret", isSensitive: true), HeaderField("Cookie", "sid=secret"),
            HeaderField("Proxy-Authorization", "Basic secret"), HeaderField("Content-Type", "text/plain"),
            HeaderField("Host", "virtual.test"),
        ]
        return HTTPRequest(method, try HTTPURL(parsing: start), headers: headers, body: body)
    }

    private static func redirect(_ location: String, _ status: Int = 302) -> HTTPResponse {
        HTTPResponse(status: status, headers: [HeaderField("location", location)])
    }

    /// Answers by URL without the query; 200 for what is not in the table.
    private static func transport(_ table: [String: (Int, String)]) -> ScriptedTransport {
        ScriptedTransport { request in
            guard let (status, location) = table[request.url.origin.description + request.url.path] else {
                return HTTPResponse(status: 200)
            }
            return redirect(location, status)
        }
    }

    private let pool = PoolKey(identity: "a", tls: TLSClientIdentity(certificate: "/client.pem"))

    @Test(
        "Credentials stay with scheme, host and port",
        arguments: [
            ("/next", true), ("https://api.test/next", true), ("https://API.test:443/next", true), ("?other", true),
            ("https://api.test./next", true), ("https://api.test:8443/next", false), ("http://api.test/next", false),
            ("https://other.test/next", false), ("https://sub.api.test/next", false), ("//other.test/next", false),
            ("http://other.test:8080/next", false), ("https://api.test.evil.test/", false),
        ])
    func credentials(location: String, stays: Bool) async throws {
        let transport = Self.transport(["https://api.test/start": (302, location)])
        let result = try await RedirectFollower(transport, maximum: 1).send(try Self.request(), pool: pool)
        #expect(result.taken == 1)
        let last = try #require(transport.sent.last)
        let kept = last.request.headers.map(\.name)
        #expect(
            kept
                == (stays
                    ? ["Accept", "Authorization", "X-Api-Key", "Cookie", "Proxy-Authorization", "Content-Type", "Host"]
                    : ["Accept", "Content-Type"]))
        #expect((last.pool.tls != nil) == stays)
        #expect(last.pool.identity == "a")
        #expect(last.request.url.query?.contains("secret") != true)
    }

    @Test("A credential that was dropped does not come back with the way back")
    func notAddedAgain() async throws {
        let transport = Self.transport([
            "https://api.test/start": (302, "https://other.test/a"),
            "https://other.test/a": (302, "https://api.test/back"),
        ])
        let result = try await RedirectFollower(transport, maximum: 5).send(try Self.request(), pool: pool)
        #expect(result.url.text == "https://api.test/back")
        #expect(transport.requests.map(\.headers.count) == [7, 2, 2])
        #expect(transport.sent.map { $0.pool.tls != nil } == [true, false, false])
    }

    @Test(
        "The method changes as RFC 9110 §15.4 says, and the body goes with it",
        arguments: [
            (301, "POST", "GET"), (302, "POST", "GET"), (303, "POST", "GET"), (307, "POST", "POST"),
            (308, "POST", "POST"),
            (301, "PUT", "PUT"), (302, "DELETE", "DELETE"), (303, "PUT", "GET"), (303, "HEAD", "HEAD"),
            (302, "HEAD", "HEAD"),
            (303, "GET", "GET"), (307, "PATCH", "PATCH"),
        ])
    func methods(status: Int, before: String, after: String) async throws {
        let transport = Self.transport(["https://api.test/start": (status, "/next")])
        let method = try #require(HTTPMethod(rawValue: before))
        let request = try Self.request(method, body: .bytes([1, 2, 3]))
        _ = try await RedirectFollower(transport, maximum: 1).send(request, pool: pool)
        let last = try #require(transport.requests.last)
        #expect(last.method.rawValue == after)
        let changed = before != after
        #expect(last.body == (changed ? .none : .bytes([1, 2, 3])))
        #expect(last.headers.contains(name: "Content-Type") == !changed)
    }

    @Test(
        "A sensitive body goes to no other origin",
        arguments: [
            (307, "https://other.test/", false), (308, "http://api.test/", false), (302, "https://other.test/", true),
            (303, "https://other.test/", true), (307, "/other", true),
        ])
    func sensitiveBody(status: Int, location: String, isFollowed: Bool) async throws {
        let transport = Self.transport(["https://api.test/start": (status, location)])
        var request = try Self.request(.post, body: .bytes(Array("client_secret=s3cret".utf8)))
        request.bodyIsSensitive = true
        let follower = RedirectFollower(transport, maximum: 1)
        if isFollowed {
            #expect(try await follower.send(request, pool: pool).taken == 1)
        } else {
            let error = await #expect(throws: TransportError.self) { try await follower.send(request, pool: pool) }
            #expect(error?.kind == .redirect)
            #expect(error?.message.contains("body holds a credential") == true)
            #expect(error?.message.contains("s3cret") == false)
            #expect(transport.requests.count == 1)
        }
    }

    @Test("A loop ends at the maximum, and the redirect after it is the answer", arguments: [0, 1, 3, 10])
    func loops(maximum: Int) async throws {
        let transport = Self.transport(["https://api.test/start": (302, "/start")])
        let result = try await RedirectFollower(transport, maximum: maximum).send(try Self.request(), pool: pool)
        #expect(result.response.status == 302)
        #expect(result.taken == maximum)
        #expect(transport.requests.count == maximum + 1)
    }

    @Test("What is no redirect is the answer", arguments: [200, 300, 304, 305, 306, 401])
    func answers(status: Int) async throws {
        let transport = Self.transport(["https://api.test/start": (status, "/next")])
        let result = try await RedirectFollower(transport, maximum: 5).send(try Self.request(), pool: pool)
        #expect(result.response.status == status)
        #expect(result.taken == 0)
        #expect(result.url.text == Self.start)
    }

    @Test("A redirect without Location is the answer")
    func withoutLocation() async throws {
        let transport = ScriptedTransport { _ in HTTPResponse(status: 302) }
        #expect(try await RedirectFollower(transport, maximum: 5).send(try Self.request(), pool: pool).taken == 0)
    }

    @Test(
        "A Location that leads nowhere is an error with its reason",
        arguments: [
            ("ftp://api.test/", "'ftp'"), ("javascript:alert(1)", "no scheme"),
            ("https://user:pw@api.test/", "user information"),
            ("https://api.test\\@evil.test/", "U+5C"), ("http:///x", "no host"),
        ])
    func badLocations(location: String, reason: String) async throws {
        let transport = Self.transport(["https://api.test/start": (302, location)])
        let error = await #expect(throws: TransportError.self) {
            try await RedirectFollower(transport, maximum: 5).send(try Self.request(), pool: pool)
        }
        #expect(error?.kind == .redirect)
        #expect(error?.message.contains(reason) == true)
        #expect(error?.message.contains("pw") == false)
    }
}
