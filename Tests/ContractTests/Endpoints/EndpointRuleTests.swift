import Contract
import HTTP
import JSON
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

/// REV and INT: each rule on a service that keeps all of them, and on one that breaks it.
@Suite("Probing revocation and introspection")
struct EndpointRuleTests {
    private static let checks = TokenRuleCheck.all.filter { $0.id.hasPrefix("REV-") || $0.id.hasPrefix("INT-") }

    /// What no service in good order shows.
    private static let silent: Set<String> = ["REV-08", "REV-09", "REV-11"]

    @Test("a service that keeps every rule is seen to keep each", arguments: ["basic", "body"])
    func clean(_ method: String) async throws {
        let service = EndpointService()
        var probing = EndpointProbing()
        probing.auth = probing.auth.replacing("basic", with: method)
        let (evidence, _) = try await probing.run { service.answer($0) }
        #expect(Self.checks.count == 21)
        for check in Self.checks {
            switch check.judge(evidence) {
            case .kept: #expect(!Self.silent.contains(check.id), "\(check.id)")
            case .notTestable(let reason): #expect(Self.silent.contains(check.id), "\(check.id): \(reason)")
            case let other: Issue.record("\(check.id): \(other)")
            }
        }
    }

    private static func edited(_ edit: @escaping EndpointService.Edit) -> EndpointService.Flaw {
        EndpointService.Flaw(edit: edit)
    }

    /// Changes the text of ordinary answers about living tokens.
    private static func described(_ old: String, _ new: String) -> EndpointService.Flaw {
        edited { path, _, _, response in
            guard path == "/introspect" else { return }
            response.body = Array(String(decoding: response.body, as: UTF8.self).replacing(old, with: new).utf8)
        }
    }

    private static let flaws: [(rule: String, flaw: EndpointService.Flaw)] = [
        ("REV-01", .init(takesGet: true)),
        (
            "REV-02",
            edited { path, _, _, response in
                if path == "/revoke", response.status == 200 { response.status = 204 }
            }
        ),
        (
            "REV-03",
            edited { path, form, _, response in
                if path == "/revoke", form["token"]?.hasPrefix("usher-no") == true, response.status == 200 {
                    response = EndpointService.refusal(400, "invalid_request")
                }
            }
        ),
        (
            "REV-04",
            edited { path, form, _, response in
                if path == "/revoke", form["token"] == nil, response.status == 400 { response.status = 200 }
            }
        ),
        (
            "REV-05",
            edited { path, _, _, response in
                if path == "/revoke", response.status == 401 { response = HTTPResponse(status: 200) }
            }
        ),
        ("REV-06", .init(ignoresHint: false)), ("REV-07", .init(ignoresHint: false)),
        ("REV-09", .init(endsRevoked: false)), ("REV-10", .init(refreshEndsAccess: false)),
        (
            "REV-11",
            edited { path, _, request, response in
                if path == "/revoke", response.status == 200 { response = HTTPResponse(status: 503) }
            }
        ),
        ("INT-01", .init(takesGet: true)), ("INT-02", .init(asksAnybody: true)),
        ("INT-03", described(#""active":true"#, #""active":"true""#)),
        ("INT-04", described(#""active":false"#, #""active":false,"sub":"x""#)),
        (
            "INT-05",
            edited { path, _, _, response in
                if path == "/introspect", response.body == Array(#"{"active":false}"#.utf8) { response.status = 404 }
            }
        ),
        ("INT-06", described(#""scope":"read""#, #""scope":["read"]"#)),
        ("INT-06", described("1700003600", #""1700003600""#)), ("INT-06", described("1700003600", "1700003600.5")),
        ("INT-07", described("1700003600", "1700007200")),
        ("INT-07", described(#""scope":"read""#, #""scope":"write""#)),
        ("INT-07", described(#""client_id":"acme""#, #""client_id":"other""#)), ("INT-08", .init(endsRevoked: false)),
        (
            "INT-09",
            edited { path, _, _, response in
                guard path == "/introspect" else { return }
                response.headers.removeAll(named: "Cache-Control")
                response.headers.append(HeaderField("Cache-Control", "public, max-age=60"))
            }
        ),
        ("INT-10", .init(forgets: true)),
    ]

    @Test("each flaw breaks its rule", arguments: 0..<flaws.count)
    func flaw(_ index: Int) async throws {
        let (rule, flaw) = Self.flaws[index]
        let service = EndpointService(flaw)
        let (evidence, _) = try await EndpointProbing().run { service.answer($0) }
        let check = try #require(Self.checks.first { $0.id == rule })
        guard case .broken(_, _, let exchange) = check.judge(evidence) else {
            Issue.record("\(rule): \(check.judge(evidence))")
            return
        }
        #expect(["/revoke", "/introspect"].contains(exchange.request.url.path))
    }

    private static let words:
        [(rule: String, flaw: EndpointService.Flaw, sent: String, expected: String, came: String)] = [
            (
                "REV-01", .init(takesGet: true), "giving back", "a refusal, since it is a GET", "200"
            ),
            (
                "REV-06", .init(ignoresHint: false), "with the wrong hint that it is a refresh token",
                "that the token is dead afterwards", "200, and the service then said that the token is alive"
            ),
            (
                "INT-02", .init(asksAnybody: true), "the question whether a made-up token is alive",
                "401, since no credential was sent", #"200 with "active": false"#
            ),
            (
                "INT-03", described(#""active":true"#, #""active":"true""#),
                "the question whether a good token is alive",
                #"200 with "active": true or false"#, "200 with 'active' as a text"
            ),
            (
                "INT-03", described(#""active":true,"#, ""), "the question whether a good token is alive",
                #"200 with "active": true or false"#, "200 without 'active'"
            ),
            (
                "INT-06", described("1700003600", "1700003600.5"), "alive", "exp as a whole number of seconds",
                "a number that is not whole"
            ),
        ]

    /// Who does not know the standards knows from the finding what was asked and what came.
    @Test("a finding says in plain words what was sent, what should have come and what came", arguments: words.indices)
    func wording(_ index: Int) async throws {
        let wanted = Self.words[index]
        let service = EndpointService(wanted.flaw)
        let (evidence, _) = try await EndpointProbing().run { service.answer($0) }
        let check = try #require(Self.checks.first { $0.id == wanted.rule })
        guard case .broken(let expected, let actual, let exchange) = check.judge(evidence) else {
            Issue.record("\(wanted.rule): \(check.judge(evidence))")
            return
        }
        #expect(exchange.sent.contains(wanted.sent), "\(exchange.sent)")
        #expect(expected.hasPrefix(wanted.expected), "\(expected)")
        #expect(actual == wanted.came)
    }

    @Test("every rule that is tried has a flaw here, but the one that takes a second client")
    func complete() {
        let tried = Set(Self.checks.filter { $0.gap == nil }.map(\.id)).subtracting(["REV-08"])
        #expect(tried == Set(Self.flaws.map(\.rule)))
    }

    @Test("by default no token is given back that is one")
    func harmless() async throws {
        let service = EndpointService()
        var probing = EndpointProbing()
        probing.classes = [1, 2, 3]
        let (evidence, sent) = try await probing.run { service.answer($0) }
        let revoked = sent.filter { $0.url.path == "/revoke" }
            .flatMap { EndpointService.pairs($0).filter { $0.0 == "token" } }.map(\.1)
        #expect(!revoked.isEmpty && revoked.allSatisfy { $0.hasPrefix("usher-no-secret-") }, "\(revoked)")
        #expect(evidence.unsent["REV-02"] == "it needs --allow-class 4")
    }

    @Test("the token asked about and the run's own are never given back", arguments: [false, true])
    func ownTokens(_ repeats: Bool) async throws {
        let service = EndpointService(.init(repeatsTokens: repeats))
        let (evidence, sent) = try await EndpointProbing().run { service.answer($0) }
        let own = try #require(evidence.probed?.answer)
        let kept = Set([own.token, own.refreshToken].compactMap { $0?.reveal() })
        let revoked = sent.filter { $0.url.path == "/revoke" }
            .flatMap { EndpointService.pairs($0).filter { $0.0 == "token" } }.map(\.1)
        #expect(kept.isDisjoint(with: revoked))
        let isRefused = evidence.unsent["REV-02"]?.hasPrefix("the service gives the same token again") ?? false
        #expect(isRefused == repeats)
    }

    @Test("a token that the run uses is kept, wherever the run has it from")
    func inUse() async throws {
        let first = EndpointService()
        let (evidence, _) = try await EndpointProbing().run { first.answer($0) }
        // The third login is that of the first probe that gives one back.
        let known = try #require(evidence.exchanges["REV-02"]?.first).request
        let token = try #require(EndpointService.pairs(known).first { $0.0 == "token" }).1
        var probing = EndpointProbing()
        probing.inUse = [Secret(token, label: "run")]
        let second = EndpointService()
        let (again, sent) = try await probing.run { second.answer($0) }
        #expect(again.unsent["REV-02"]?.hasPrefix("the service gives the same token again") == true)
        #expect(!sent.contains { $0.url.path == "/revoke" && EndpointService.pairs($0).contains { $0.1 == token } })
    }

    @Test("no secret stands in a URL, and callers without credential show nothing", arguments: ["basic", "body"])
    func secrecy(_ method: String) async throws {
        let service = EndpointService()
        var probing = EndpointProbing()
        probing.auth = probing.auth.replacing("basic", with: method)
        let (evidence, sent) = try await probing.run { service.answer($0) }
        #expect(sent.allSatisfy { !$0.url.text.contains(EndpointService.secret) })
        let anonymous = try #require(evidence.exchanges["T-24"]?.first).request
        #expect(anonymous.headers["Authorization"] == nil)
        #expect(Set(EndpointService.pairs(anonymous).map(\.0)) == ["token", "token_type_hint"])
    }

    @Test("a service whose addresses its metadata name is probed there, and what they do not name is skipped")
    func discovery() async throws {
        let service = EndpointService()
        var probing = EndpointProbing()
        probing.url = ""
        probing.auth = """
            "clientAuth": { "method": "basic" }, "discovery": { "issuer": "https://auth.test" },
            "revoke": {}, "introspect": {}
            """
        let (evidence, _) = try await probing.run { request in
            guard request.url.path.hasPrefix("/.well-known/") else { return service.answer(request) }
            return EndpointService.json(
                200,
                """
                {"issuer":"https://auth.test","token_endpoint":"https://auth.test/token",
                 "introspection_endpoint":"https://auth.test/introspect"}
                """)
        }
        for check in Self.checks where check.id.hasPrefix("INT-") && check.id != "INT-08" {
            guard case .kept = check.judge(evidence) else {
                Issue.record("\(check.id): \(check.judge(evidence))")
                continue
            }
        }
        #expect(evidence.unsent["REV-05"] == "the server's metadata names no revocation endpoint")
    }

    @Test("the packs apply and are claimed where the provider has the endpoints")
    func packs() throws {
        let with = PackClaims(try EndpointProbing().bound(), nil)
        #expect(with.claimed.isSuperset(of: [.revoke, .introspect]))
        let without = PackClaims(try EndpointProbing(auth: #""clientAuth": { "method": "basic" }"#).bound(), nil)
        #expect(without.applicable.isDisjoint(with: [.revoke, .introspect]))
    }

    @Test("a client that may not use the endpoints proves nothing about their other rules")
    func refusedClient() async throws {
        let service = EndpointService()
        let (evidence, _) = try await EndpointProbing().run { request in
            request.url.path == "/token" ? service.answer(request) : EndpointService.refusal(403, "access_denied")
        }
        for check in Self.checks where !["REV-01", "REV-05", "INT-01", "INT-02"].contains(check.id) {
            guard case .notTestable = check.judge(evidence) else {
                Issue.record("\(check.id): \(check.judge(evidence))")
                continue
            }
        }
    }
}
