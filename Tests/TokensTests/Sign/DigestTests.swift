import Diagnostics
import HTTP
import Providers
import Secrets
import TestSupport
import Testing

@testable import Tokens

@Suite("HTTP Digest")
struct DigestTests {
    private static func challenge(_ algorithm: String, _ more: String = "") -> String {
        #"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=\#(algorithm), "#
            + #"nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#
            + more
    }

    @Test(
        "The examples of RFC 7616 §3.9.1",
        arguments: [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ])
    func vectors(_ algorithm: String, _ response: String) throws {
        let parsed = Challenge.parse([Self.challenge(algorithm)])
        let challenge = try #require(parsed.first.flatMap { DigestChallenge($0) })
        let answer = DigestAnswer(
            challenge: challenge, username: "Mufasa", password: "Circle of Life", method: "GET",
            target: "/dir/index.html", cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", count: 1)
        #expect(answer.response == response)
        #expect(
            answer.header
                == #"Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", "#
                + #"algorithm=\#(algorithm), nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, "#
                + #"cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="\#(response)", "#
                + #"opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#)
    }

    @Test("The form before qop: RFC 2069's way")
    func old() throws {
        let challenge = try #require(
            DigestChallenge(Challenge("Digest", [.init("realm", "r"), .init("nonce", "n")])))
        let answer = DigestAnswer(
            challenge: challenge, username: "u", password: "p", method: "GET", target: "/", cnonce: "c", count: 1)
        // md5("u:r:p"), md5("GET:/"), md5(of both with the nonce), computed with md5sum.
        #expect(answer.response == Self.md5("\(Self.md5("u:r:p")):n:\(Self.md5("GET:/"))"))
        #expect(!answer.header.contains("qop"))
    }

    private static func md5(_ text: String) -> String { Hexadecimal.encode(KeyedHash.md5(Array(text.utf8))) }

    private static func bench(_ answers: [HTTPResponse]) throws -> (Credential, ScriptedTransport, any HTTPTransport) {
        let all = Answers(answers)
        let desk = Desk { _ in all.next() }
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "username": { "sensitive": false }, "password": {} },
              "auth": { "type": "sign", "sign": { "scheme": "digest" } } }
            """)
        let credential = try desk.credential(
            try desk.bind(provider, secrets: ["username": "Mufasa", "password": "Circle of Life"]))
        return (credential, desk.transport, credential.transport(over: desk.transport))
    }

    private static func unauthorized(_ challenges: String...) -> HTTPResponse {
        HTTPResponse(status: 401, headers: HeaderFields(challenges.map { HeaderField("WWW-Authenticate", $0) }))
    }

    private static func send(_ credential: Credential, _ transport: any HTTPTransport) async throws -> HTTPResponse {
        var request = HTTPRequest(.get, try HTTPURL(parsing: "https://api.acme.test/dir/index.html"))
        try credential.apply(to: &request)
        return try await transport.send(request, pool: credential.poolKey)
    }

    @Test("Nothing is sent before the challenge; then the strongest algorithm answers, and the nonce serves on")
    func exchange() async throws {
        let (credential, sent, transport) = try Self.bench([
            Self.unauthorized(Self.challenge("MD5"), Self.challenge("SHA-256"), Self.challenge("SHA-512-256")), ok(""),
        ])
        #expect(try await Self.send(credential, transport).status == 200)
        #expect(try await Self.send(credential, transport).status == 200)
        let fields = sent.requests.map { $0.headers["Authorization"] }
        #expect(fields.count == 3)
        #expect(fields[0] == nil)
        #expect(fields[1]?.contains("algorithm=SHA-256, ") == true)
        #expect(fields[1]?.contains("nc=00000001") == true)
        #expect(fields[2]?.contains("nc=00000002") == true)
        #expect(sent.requests[1].headers.first { $0.name == "Authorization" }?.isSensitive == true)
    }

    @Test("A wrong password is not tried twice; a stale nonce is exchanged")
    func stale() async throws {
        let (wrong, sentWrong, transport) = try Self.bench([Self.unauthorized(Self.challenge("MD5"))])
        #expect(try await Self.send(wrong, transport).status == 401)
        #expect(sentWrong.requests.count == 2)

        let fresh = Self.challenge("MD5", ", stale=true").replacing("7ypf", with: "8zqg")
        let (credential, sent, second) = try Self.bench([
            Self.unauthorized(Self.challenge("MD5")), ok(""), Self.unauthorized(fresh), ok(""),
        ])
        #expect(try await Self.send(credential, second).status == 200)
        #expect(try await Self.send(credential, second).status == 200)
        #expect(sent.requests.count == 4)
        #expect(sent.requests[3].headers["Authorization"]?.contains("8zqg") == true)
    }

    @Test(
        "A challenge that we cannot answer is an answer",
        arguments: [
            #"Digest realm="r", nonce="n", algorithm=SHA-512-256"#, #"Digest realm="r", nonce="n", qop="token""#,
            #"Basic realm="r""#, #"Digest realm="r""#,
        ])
    func unknown(_ challenge: String) async throws {
        let (credential, sent, transport) = try Self.bench([Self.unauthorized(challenge)])
        #expect(try await Self.send(credential, transport).status == 401)
        #expect(sent.requests.count == 1)
    }
}
