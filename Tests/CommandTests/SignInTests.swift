import TestSupport
import Testing

/// Logins of a person, end to end: the built program at a terminal, an authorization server over HTTP, and `curl` for the
/// browser.
@Suite("Signing in with the commands", .timeLimit(.minutes(2)))
struct SignInTests {
    /// A person at a terminal with a project.
    private final class Bench: Sendable {
        let server: AuthorizationServer
        let project: UsherProject
        let terminal: PseudoTerminal

        init(_ grant: String = "authorization_code", _ script: AuthorizationServer.Script = .init()) throws {
            server = try AuthorizationServer(script)
            project = try server.project(grant: grant)
            terminal = try PseudoTerminal()
        }

        func start(_ arguments: [String], _ variables: [String: String] = [:]) throws -> ChildProcess {
            try project.start(arguments, environment: environment(variables), terminal: terminal)
        }

        /// Without a terminal.
        func run(_ arguments: [String], _ variables: [String: String] = [:]) async throws -> ChildProcess.Result {
            try await project.run(arguments, environment: environment(variables))
        }

        private func environment(_ more: [String: String]) -> [String: String] {
            ["USHER_CACHE_DIR": project.folder.file("cache"), "UNUSED": "a-secret-of-the-environment"]
                .merging(more) { $1 }
        }

        /// What the terminal shows until a text has come.
        func shown(until text: String) async throws -> String {
            var shown = ""
            while !shown.contains(text) {
                let more = await terminal.shown()
                try #require(!more.isEmpty, "only: \(shown)")
                shown += more
            }
            return shown
        }

        /// Waits for the URL on the terminal, goes there, and follows the server's redirect back.
        func agree() async throws -> ChildProcess.Result {
            let shown = try await shown(until: "\r\nhttp://127.0.0.1")
            var line = shown[try #require(shown.firstRange(of: "http://127.0.0.1")).lowerBound...]
            while !line.contains(where: \.isNewline) { line += await terminal.shown() }
            let url = String(line.prefix { !$0.isNewline })
            return try await ChildProcess.run("curl", ["-sS", "-L", "--noproxy", "*", url])
        }

        var visits: Int { server.server.requests.count { $0.requestLine.hasPrefix("GET /authorize") } }

        func end() {
            server.server.stop()
            project.folder.remove()
            terminal.close()
        }
    }

    @Test("token shows a URL at the terminal, prints only the token, and asks nobody the second time")
    func browser() async throws {
        let bench = try Bench()
        defer { bench.end() }
        let child = try bench.start(["token", "mail"])
        let page = try await bench.agree()
        let result = await child.result()
        #expect(result.status == 0)
        #expect(result.outputText == "access-for-tests-1\n")
        #expect(page.outputText.contains("Signed in. You can close this window"))
        #expect(!page.outputText.contains("code-for-tests"))
        #expect(bench.server.complaints == [])

        let second = try await bench.run(["token", "mail", "--header"])
        #expect(second.outputText == "Authorization: Bearer access-for-tests-1\n", "\(second.errorText)")
        let renewed = try await bench.run(["token", "mail", "--fresh-token"])
        #expect(renewed.outputText == "access-for-tests-2\n", "\(renewed.errorText)")
        #expect(bench.visits == 1)
        #expect(bench.server.forms("/token").map { $0["grant_type"] } == ["authorization_code", "refresh_token"])
    }

    @Test("run and check sign in too: run once for all its requests, check renews what is kept")
    func otherCommands() async throws {
        let bench = try Bench()
        defer { bench.end() }
        let run = try bench.start(["run"])
        _ = try await bench.agree()
        let ran = await run.result()
        #expect(ran.status == 0, "\(ran.outputText)")
        #expect(!ran.outputText.contains("http://127.0.0.1") && bench.visits == 1)
        let check = try await bench.run(["check"])
        #expect(check.status == 0, "\(check.outputText)\(check.errorText)")
        #expect(bench.server.forms("/token").map { $0["grant_type"] } == ["authorization_code", "refresh_token"])

        let fresh = try Bench()
        defer { fresh.end() }
        let first = try fresh.start(["check"])
        _ = try await fresh.agree()
        #expect(await first.result().outputText.contains("ok      mail  Bearer token for 10 min, refresh token"))
    }

    struct Redirect: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let query: @Sendable (_ state: String) -> String
        let message: String
    }

    static let redirects: [Redirect] = [
        Redirect(
            testDescription: "another state", query: { _ in "code=code-for-tests-0&state=other" },
            message: "the redirect bears another 'state' than was sent; it is not trusted"),
        Redirect(
            testDescription: "another issuer", query: { "code=code-for-tests-0&state=\($0)&iss=https://evil.test" },
            message: "the redirect comes from the issuer 'https://evil.test', not 'ISSUER'"),
        Redirect(
            testDescription: "no issuer", query: { "code=code-for-tests-0&state=\($0)" },
            message: "the redirect does not say who issued it ('iss', RFC 9207)"),
        Redirect(
            testDescription: "a refusal", query: { "error=access_denied&state=\($0)&iss=ISSUER" },
            message: "the sign-in ended with access_denied"),
    ]

    @Test("a redirect that is not the answer gets no token, and the terminal says why", arguments: redirects)
    func refused(_ redirect: Redirect) async throws {
        // The issuer is the server itself, so its metadata say that `iss` is sent.
        let server = try RawServer { request in
            let url = "http://\(request.values("Host").first ?? "")"
            guard request.requestLine.contains("/authorize?") else {
                return .answer(
                    200, [],
                    #"{"issuer":"\#(url)","authorization_endpoint":"\#(url)/authorize","token_endpoint":"\#(url)/token","#
                        + #""authorization_response_iss_parameter_supported":true}"#)
            }
            let target = request.requestLine.split(separator: " ")[1]
            let sent = AuthorizationServer.form(String(target.drop { $0 != "?" }.dropFirst()))
            let query = redirect.query(sent["state"] ?? "").replacing("ISSUER", with: url)
            return .answer(302, ["Location: \(sent["redirect_uri"] ?? "")?\(query)"])
        }
        defer { server.stop() }
        let project = try UsherProject([
            "providers/mail.json": """
            { "id": "mail", "baseURL": "\(server.url)", "secrets": { "clientId": { "sensitive": false } },
              "auth": { "type": "token", "grant": "authorization_code", "clientAuth": { "method": "none" },
                "discovery": { "issuer": "\(server.url)" } } }
            """,
            "environments/test.json": """
            { "name": "test", "identities": { "mail": { "provider": "mail",
                "secrets": { "clientId": { "insecureLiteral": "the-client" } } } } }
            """,
        ])
        defer { project.folder.remove() }
        let terminal = try PseudoTerminal()
        defer { terminal.close() }
        let child = try project.start(["token", "mail", "--no-cache"], terminal: terminal)
        var shown = ""
        while !shown.contains("/authorize?") || shown.last?.isNewline != true { shown += await terminal.shown() }
        let url = shown.split(whereSeparator: \.isNewline).first { $0.hasPrefix("http") }.map(String.init) ?? ""
        let page = try await ChildProcess.run("curl", ["-sS", "-L", "--noproxy", "*", url])
        #expect(page.outputText.contains("The sign-in failed. The terminal says why"))
        let result = await child.result()
        #expect(result.status == 3 && result.output.isEmpty)
        let message = redirect.message.replacing("ISSUER", with: server.url)
        while !shown.contains("error: ") || shown.last?.isNewline != true { shown += await terminal.shown() }
        #expect(shown.contains("error: \(message)\r\n"), "\(shown)")
        #expect(!server.requests.contains { $0.requestLine.hasPrefix("POST") })
    }

    @Test("device_code: the code is shown, and the token is asked for until somebody has entered it")
    func device() async throws {
        var script = AuthorizationServer.Script()
        script.polls = ["authorization_pending"]
        let bench = try Bench("device_code", script)
        defer { bench.end() }
        let child = try bench.start(["token", "mail"])
        let shown = try await bench.shown(until: "in.\r\n")
        #expect(
            shown == "Open \(bench.server.server.url)/enter and enter the code WDJB-MJHT to let 'mail' in.\r\n")
        #expect(await child.result().outputText == "access-for-tests-1\n")
        #expect(bench.server.forms("/token").count == 2)
        #expect(try await bench.run(["token", "mail"]).outputText == "access-for-tests-1\n")
        #expect(bench.server.forms("/device").count == 1)
    }

    static let ends: [(polls: [String], lifetime: Int, message: String)] = [
        (["access_denied"], 60, "the sign-in ended with access_denied"),
        (["expired_token"], 60, "nobody entered the code WDJB-MJHT in time"),
        (["authorization_pending", "authorization_pending"], 1, "nobody entered the code WDJB-MJHT in time"),
    ]

    @Test("device_code: a refusal, and codes that end", arguments: ends)
    func deviceFails(_ polls: [String], _ lifetime: Int, _ message: String) async throws {
        var script = AuthorizationServer.Script()
        (script.polls, script.deviceLifetime) = (polls, lifetime)
        let bench = try Bench("device_code", script)
        defer { bench.end() }
        let child = try bench.start(["token", "mail"])
        let shown = try await bench.shown(until: "error: \(message)\r\n")
        #expect(!shown.contains("device-code-for-tests"))
        #expect(await child.result().status == 3)
    }

    static let nobody: [([String: String], String)] = [
        (["CI": "true"], "nobody is asked where CI is set; use a grant that needs no browser"),
        ([:], "standard error is no terminal, so nobody can be asked; sign in with 'usher token' in a terminal first"),
    ]

    @Test("in CI and without a terminal nobody is asked, and nothing is sent", arguments: nobody)
    func unattended(_ variables: [String: String], _ reason: String) async throws {
        let bench = try Bench()
        defer { bench.end() }
        let token = try await bench.run(["token", "mail"], variables)
        #expect(token.status == 3 && token.output.isEmpty)
        #expect(
            token.errorText.contains(
                "error: 'mail' needs a person who agrees (grant authorization_code), and \(reason)"))
        let check = try await bench.run(["check"], variables)
        #expect(check.status == 3)
        #expect(check.outputText.contains("not signed in: run 'usher token mail' in a terminal"))
        #expect(try await bench.run(["run"], variables).status == 3)
        #expect(bench.server.server.requests.isEmpty)
    }

    @Test("CI set, and a terminal all the same: nobody is asked")
    func terminalInCI() async throws {
        let bench = try Bench()
        defer { bench.end() }
        let child = try bench.start(["token", "mail"], ["CI": "1"])
        #expect(try await bench.shown(until: "\r\n").contains("nobody is asked where CI is set"))
        #expect(await child.result().status == 3)
    }

    @Test(
        "whoever waits for a person keeps no other process out, and a signal ends the wait", arguments: [Int32(2), 15])
    func signal(_ signal: Int32) async throws {
        let bench = try Bench()
        defer { bench.end() }
        let waiting = try bench.start(["token", "mail"])
        _ = try await bench.shown(until: "\r\nhttp://127.0.0.1")
        let other = try bench.start(["token", "mail"])
        _ = try await bench.agree()
        #expect(await other.result().outputText == "access-for-tests-1\n")
        #expect(waiting.isRunning)
        waiting.signal(signal)
        let result = await waiting.result()
        #expect(result.status == 128 + signal && result.output.isEmpty)
    }

    @Test("where there is a desktop, its browser is opened, and gets no secret")
    func desktop() async throws {
        let bench = try Bench()
        defer { bench.end() }
        try bench.project.folder.makeFolder("bin")
        let program = try bench.project.folder.write(
            "bin/xdg-open", "#!/bin/sh\nenv > variables\nexec curl -sS -L --noproxy '*' -o page \"$1\"\n")
        _ = try await ChildProcess.run("chmod", ["+x", program])
        let child = try bench.start(
            ["token", "mail"], ["DISPLAY": ":0", "PATH": "\(bench.project.folder.file("bin")):/usr/bin:/bin"])
        let result = await child.result()
        #expect(result.outputText == "access-for-tests-1\n")
        let variables = try bench.project.text("variables")
        #expect(variables.contains("DISPLAY=:0"))
        #expect(!variables.contains("a-secret-of-the-environment"))
    }
}
