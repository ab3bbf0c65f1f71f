import JSON
import TestSupport
import Testing

/// `tokens --forget` and `check` at the revocation and introspection endpoints (RFC 7009, RFC 7662).
@Suite("Revocation and introspection in the commands", .timeLimit(.minutes(1)))
struct RevocationTests {
    /// A client whose tokens stay in a cache of their own.
    private struct Bench {
        let server: RawServer
        let project: UsherProject

        init(
            lifetime: Int = 600, revoke: RawReply = .answer(200),
            introspect: RawReply = .answer(
                200, [], #"{"active":true,"scope":"orders stock","exp":4102444800,"sub":"somebody"}"#)
        ) throws {
            let server = try RawServer { request in
                if request.requestLine.hasPrefix("POST /revoke ") { return revoke }
                if request.requestLine.hasPrefix("POST /introspect ") { return introspect }
                return .answer(
                    200, [],
                    #"{"access_token":"access-for-tests","expires_in":\#(lifetime),"#
                        + #""refresh_token":"refresh-for-tests"}"#)
            }
            self.server = server
            project = try UsherProject(Self.files(server.url))
        }

        static func files(_ url: String) -> [String: String] {
            [
                "providers/shop.json": """
                { "id": "shop", "baseURL": "\(url)", "secrets": { "clientId": { "sensitive": false }, "clientSecret": {} },
                  "cache": { "persistRefreshToken": true },
                  "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "\(url)/token" },
                    "clientAuth": { "method": "basic" }, "scope": { "values": ["orders"] },
                    "revoke": { "url": "\(url)/revoke" }, "introspect": { "url": "\(url)/introspect" } } }
                """,
                "environments/test.json": """
                { "name": "test", "identities": { "shop": { "provider": "shop",
                    "secrets": { "clientId": { "env": "ID" }, "clientSecret": { "env": "SECRET" } } } } }
                """,
            ]
        }

        func run(_ arguments: [String], _ more: [String: String] = [:]) async throws -> ChildProcess.Result {
            try await project.run(
                arguments,
                environment: [
                    "ID": "the-client", "SECRET": "the-client-secret", "USHER_CACHE_DIR": project.folder.file("cache"),
                ].merging(more) { $1 })
        }

        func requests(_ path: String) -> [RawRequest] {
            server.requests.filter { $0.requestLine.hasPrefix("POST \(path) ") }
        }

        func end() {
            server.stop()
            project.folder.remove()
        }
    }

    @Test(
        "--forget and --all give refresh and access token back, with the client's authentication",
        arguments: [["--forget", "shop"], ["--all"]])
    func revokes(_ arguments: [String]) async throws {
        let bench = try Bench()
        defer { bench.end() }
        #expect(try await bench.run(["token", "shop"]).outputText == "access-for-tests\n")
        let result = try await bench.run(["tokens"] + arguments)
        #expect(result.status == 0 && result.errorText == "", "\(result.errorText)")
        #expect(result.outputText.hasPrefix("revoked the token of 'shop'\nremoved 1 token from "))
        let requests = bench.requests("/revoke")
        #expect(
            requests.map { AuthorizationServer.form(String(decoding: $0.body, as: UTF8.self)) } == [
                ["token": "refresh-for-tests", "token_type_hint": "refresh_token"],
                ["token": "access-for-tests", "token_type_hint": "access_token"],
            ])
        #expect(requests.allSatisfy { $0.values("Authorization").first?.hasPrefix("Basic ") == true })
        #expect(try await bench.run(["tokens"]).outputText.hasPrefix("no cached tokens"))
    }

    @Test("A refusal, a host that is gone, a secret that is missing or was changed: a warning, and forgotten")
    func failures() async throws {
        let refusing = try Bench(revoke: .answer(503))
        defer { refusing.end() }
        try await Self.expectForgotten(refusing, "127.0.0.1 did not revoke the token of 'shop': status 503")
        #expect(refusing.requests("/revoke").count == 2)

        let gone = try Bench()
        defer { gone.end() }
        try await Self.expectForgotten(gone, "no answer from the token service 127.0.0.1 for 'shop': ") {
            gone.server.stop()
            return [:]
        }
        let missing = try Bench()
        defer { missing.end() }
        try await Self.expectForgotten(missing, "the secret 'clientSecret' of 'shop' is not bound: ") { ["SECRET": ""] }
        #expect(missing.requests("/revoke").isEmpty)

        // It may be the token of another account, or another project's: nobody else is shown it.
        let changed = try Bench()
        defer { changed.end() }
        try await Self.expectForgotten(changed, "it is of another environment, or its secrets have changed; ") {
            ["SECRET": "another-client-secret"]
        }
        #expect(changed.requests("/revoke").isEmpty)
    }

    private static func expectForgotten(
        _ bench: Bench, _ reason: String, after change: () throws -> [String: String] = { [:] }
    ) async throws {
        _ = try await bench.run(["token", "shop"])
        let result = try await bench.run(["tokens", "--forget", "shop"], try change())
        #expect(result.status == 0)
        let start = "warning: the token of 'shop' was not revoked: \(reason)"
        #expect(result.errorText.hasPrefix(start), "\(result.errorText)")
        #expect(result.errorText.hasSuffix("; forgotten here, it is good until it ends\n"))
        #expect(result.outputText.hasPrefix("removed 1 token from "))
        for text in [result.outputText, result.errorText] { #expect(!text.contains("for-tests")) }
    }

    @Test("A token of another project is not shown to the provider of that name here")
    func otherProject() async throws {
        let bench = try Bench()
        defer { bench.end() }
        _ = try await bench.run(["token", "shop"])
        let other = try RawServer()
        defer { other.stop() }
        let project = try UsherProject(Bench.files(other.url))
        defer { project.folder.remove() }
        let result = try await project.run(
            ["tokens", "--all"],
            environment: [
                "ID": "the-client", "SECRET": "the-client-secret",
                "USHER_CACHE_DIR": bench.project.folder.file("cache"),
            ])
        #expect(result.errorText.contains("it is of another environment"), "\(result.errorText)")
        #expect(result.outputText.hasPrefix("removed 1 token from "))
        #expect(other.requests.isEmpty)
    }

    @Test("Without an environment, and with --no-revoke, tokens are only forgotten; a wrong -e is an error")
    func local() async throws {
        let bench = try Bench()
        defer { bench.end() }
        _ = try await bench.run(["token", "shop"])
        let wrong = try await bench.run(["tokens", "--all", "-e", "tset"])
        #expect(wrong.status == 2 && wrong.errorText.contains("did you mean 'test'?"))
        let quiet = try await bench.run(["tokens", "--all", "--no-revoke"])
        #expect(quiet.outputText.hasPrefix("removed 1 token from ") && quiet.errorText == "")
        _ = try await bench.run(["token", "shop"])
        let empty = try UsherProject()
        defer { empty.folder.remove() }
        let elsewhere = try await empty.run(
            ["tokens", "--all"], environment: ["USHER_CACHE_DIR": bench.project.folder.file("cache")])
        #expect(elsewhere.outputText.hasPrefix("removed 1 token from "))
        #expect(elsewhere.errorText.contains("was not revoked: there is no environment; "))
        #expect(bench.requests("/revoke").isEmpty)
    }

    @Test("What has ended is not given back")
    func ended() async throws {
        let bench = try Bench(lifetime: 1)
        defer { bench.end() }
        // Without refresh tokens on the disk.
        let provider = try bench.project.text("providers/shop.json").replacing("true", with: "false")
        try bench.project.folder.write("providers/shop.json", provider)
        _ = try await bench.run(["token", "shop"])
        while try await !bench.run(["tokens"]).outputText.contains("expired") {}
        let result = try await bench.run(["tokens", "--forget", "shop"])
        #expect(result.outputText.hasPrefix("removed 1 token from ") && result.errorText == "")
        #expect(bench.requests("/revoke").isEmpty)
    }

    @Test("check says what the service knows of the token: scope and end, and not whose it is")
    func introspection() async throws {
        let bench = try Bench()
        defer { bench.end() }
        let result = try await bench.run(["check", "--json", "out.json"])
        #expect(result.status == 0, "\(result.outputText)")
        #expect(
            result.outputText.contains(
                "scope: asked orders, granted orders stock\n"
                    + "        introspection: active, scope orders stock, until 2100-01-01T00:00:00Z\n"),
            "\(result.outputText)")
        #expect(result.outputText.contains("by its answer, on 2100-01-01T00:00:00Z by introspection"))
        #expect(!result.outputText.contains("somebody") && !result.outputText.contains("for-tests"))
        let found = try JSONDocument.parse(bench.project.text("out.json")).root["credentials"]?[0]?["introspection"]
        #expect(found?["active"]?.boolean == true && found?["scope"]?[1]?.string == "stock")
        #expect(found?["expiresAt"]?.string == "2100-01-01T00:00:00Z")
        #expect(bench.requests("/introspect").count == 1)
    }

    @Test("Neither endpoint gets anything where it is not on one of the provider's hosts")
    func otherHost() async throws {
        let bench = try Bench()
        defer { bench.end() }
        let host = bench.server.url.replacing("http://", with: "")
        var provider = try bench.project.text("providers/shop.json")
        for endpoint in ["revoke", "introspect"] {
            let elsewhere = bench.server.url.replacing("127.0.0.1", with: "localhost") + "/\(endpoint)"
            provider = provider.replacing("\(bench.server.url)/\(endpoint)", with: elsewhere)
        }
        provider = provider.replacing(#""secrets": {"#, with: #""hosts": ["\#(host)"], "secrets": {"#)
        try bench.project.folder.write("providers/shop.json", provider)
        let objection = "is not sent to localhost:\(bench.server.port); it is only for \(host)"
        let check = try await bench.run(["check"])
        #expect(check.outputText.contains("warning: introspection: the credential of 'shop' \(objection)"))
        _ = try await bench.run(["token", "shop"])
        let result = try await bench.run(["tokens", "--forget", "shop"])
        #expect(result.errorText.contains("was not revoked: the credential of 'shop' \(objection)"))
        #expect(bench.requests("/revoke").isEmpty && bench.requests("/introspect").isEmpty)
    }

    @Test("A token that is not active fails the check; a service that does not answer the question is a warning")
    func badIntrospection() async throws {
        let inactive = try Bench(introspect: .answer(200, [], #"{"active":false}"#))
        defer { inactive.end() }
        let failed = try await inactive.run(["check"])
        #expect(failed.status == 1)
        #expect(failed.outputText.contains("not active: is it introspected where it was issued"))

        let forbidden = try Bench(introspect: .answer(403))
        defer { forbidden.end() }
        let passed = try await forbidden.run(["check"])
        #expect(passed.status == 0)
        #expect(
            passed.outputText.contains(
                "warning: introspection: 127.0.0.1 did not describe the token of 'shop': status 403"))
    }

    @Test("Where the metadata name neither endpoint, neither is missed")
    func discovery() async throws {
        let server = try RawServer { request in
            let url = "http://\(request.values("Host").first ?? "")"
            return request.requestLine.hasPrefix("GET ")
                ? .answer(200, [], #"{"issuer":"\#(url)","token_endpoint":"\#(url)/token"}"#)
                : .answer(200, [], #"{"access_token":"access-for-tests","expires_in":600}"#)
        }
        defer { server.stop() }
        let project = try UsherProject([
            "environments/test.json": """
            { "name": "test", "identities": { "shop": { "provider": "oidc",
                "vars": { "issuer": "\(server.url)", "apiURL": "\(server.url)" },
                "secrets": { "clientId": { "env": "ID" }, "clientSecret": { "env": "SECRET" } } } } }
            """
        ])
        defer { project.folder.remove() }
        let variables = [
            "ID": "the-client", "SECRET": "the-client-secret", "USHER_CACHE_DIR": project.folder.file("cache"),
        ]
        let check = try await project.run(["check"], environment: variables)
        #expect(check.status == 0 && !check.outputText.contains("introspection"), "\(check.outputText)")
        _ = try await project.run(["token", "shop"], environment: variables)
        let result = try await project.run(["tokens", "--forget", "shop"], environment: variables)
        #expect(result.outputText.hasPrefix("removed 1 token from ") && result.errorText == "", "\(result.errorText)")
    }
}
