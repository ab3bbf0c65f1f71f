import JSON
import Sandbox
import Secrets
import TestSupport
import Testing

@Suite("usher check, explain and token")
struct CheckTests {
    @Test("check --sandbox covers the five vendors, as text, JSON and JUnit, without a token in any of them")
    func sandbox() async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let result = try await project.run(["check", "--sandbox", "--json", "out.json", "--junit", "out.xml"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        for vendor in ["zara4", "zarv", "scalar", "clazar", "clarify"] {
            #expect(result.outputText.contains("ok      \(vendor) "), "\(vendor)")
        }
        let root = try JSONDocument.parse(project.text("out.json")).root
        let credentials = try #require(root["credentials"])
        #expect(credentials.count >= 15)
        for credential in credentials.elements {
            #expect(credential["status"]?.string == "passed")
            #expect(credential["token"]?["expiresAt"]?.string != nil)
            #expect(credential["clockOffset"]?.number?.int == 0)
            #expect(credential["tokenRequests"]?.number?.int == 1)
        }
        let narrowed = credentials.elements.first { $0["identity"]?.string == "zara4-readonly" }
        #expect(narrowed?["scope"]?["missing"]?[0]?.string == "image-processing")
        let report = try project.text("out.xml")
        #expect(report.occurrences(of: "<testcase ") == credentials.count)
        #expect(report.contains("<testsuite name=\"credentials\""))
        for text in [result.outputText, report, try project.text("out.json")] {
            #expect(!text.contains("eyJ"))
            #expect(!text.contains("not-real"))
        }
    }

    /// What a token service can do to a credential, and what is said about it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var status = 200
        var headers: [String] = []
        var body = "{}"
        var verify = 200
        let phrase: String
        let exit: Int32
    }

    static let faults: [Fault] = [
        Fault(
            testDescription: "a wrong secret", status: 401, body: #"{"error":"invalid_client"}"#,
            phrase: "wrong secret: ", exit: 1),
        Fault(
            testDescription: "an expired secret", status: 401,
            body: #"{"error":"invalid_client","error_description":"The client secret has expired."}"#,
            phrase: "expired credential: ", exit: 1),
        Fault(
            testDescription: "an unknown client", status: 400, body: #"{"error":"unauthorized_client"}"#,
            phrase: "unknown client: ", exit: 1),
        Fault(
            testDescription: "a refused scope", status: 400, body: #"{"error":"invalid_scope"}"#,
            phrase: "scope refused: ", exit: 1),
        Fault(
            testDescription: "a throttled service", status: 429, headers: ["Retry-After: 90"], phrase: "throttled: ",
            exit: 3),
        Fault(testDescription: "a failing service", status: 503, phrase: "the token service fails: ", exit: 3),
        Fault(testDescription: "no token", body: #"{"x":1}"#, phrase: "an answer without a token: ", exit: 3),
        Fault(
            testDescription: "a token that has expired", headers: ["Date: Wed, 25 Nov 2026 08:30:00 GMT"],
            body: #"{"token":"\#(jwt(expires: 1_795_590_000))"}"#, phrase: "clock: ", exit: 3),
        Fault(
            testDescription: "an API that refuses the token", body: #"{"token":"token-for-tests","expires_in":60}"#,
            verify: 401, phrase: "the API refuses it: ", exit: 1),
    ]

    private static func jwt(expires: Int) -> String {
        [#"{"alg":"none"}"#, #"{"exp":\#(expires)}"#, "signature"].map {
            Base64.encode(Array($0.utf8), urlSafe: true, padded: false)
        }.joined(separator: ".")
    }

    @Test("each fault has its own sentence and exit code", arguments: faults)
    func fault(_ fault: Fault) async throws {
        let server = try RawServer { request in
            request.requestLine.contains("/login")
                ? .answer(fault.status, ["Content-Type: application/json"] + fault.headers, fault.body)
                : .answer(fault.verify)
        }
        defer { server.stop() }
        let result = try await Self.check(server.url)
        #expect(result.outputText.contains(fault.phrase), "\(result.outputText)\(result.errorText)")
        #expect(result.status == fault.exit)
        #expect(!result.outputText.contains("pass-word-1"))
    }

    @Test("an unreachable host, a bad certificate and an unbound secret are no verdict")
    func noVerdict() async throws {
        let sandbox = SandboxServer()
        let tlsPort = try await sandbox.start().httpsPort
        let tls = try await Self.check("https://localhost:\(tlsPort)")
        #expect(tls.outputText.contains("bad certificate: "), "\(tls.outputText)")
        #expect(tls.status == 3)
        await sandbox.stop()
        let server = try RawServer { _ in .answer(200) }
        let url = server.url
        server.stop()
        let gone = try await Self.check(url)
        #expect(gone.outputText.contains("unreachable: "), "\(gone.outputText)")
        #expect(gone.status == 3)
        let unbound = try await Self.check(url, variables: [:])
        #expect(unbound.outputText.contains("secret not bound: "), "\(unbound.outputText)")
        #expect(unbound.status == 3)
    }

    /// The five that a smoke test must tell apart, as they are shown; HOST stands for the server's address.
    static let sentences: [(Fault, String)] = [
        (
            Fault(
                testDescription: "a wrong secret", status: 401, body: #"{"error":"invalid_client"}"#, phrase: "",
                exit: 1),
            """
            FAILED  mine  127.0.0.1 refused a token to 'mine': status 401, invalid_client
                    wrong secret: id or secret is wrong, or was withdrawn

            1 credential: 0 good, 1 refused, 0 without a verdict

            """
        ),
        (
            Fault(
                testDescription: "an expired credential", status: 401,
                body: #"{"error":"invalid_client","error_description":"The client secret has expired."}"#, phrase: "",
                exit: 1),
            """
            FAILED  mine  127.0.0.1 refused a token to 'mine': status 401, invalid_client (The client secret has expired.)
                    expired credential: it has an end of its own; have a new one issued and bind that

            1 credential: 0 good, 1 refused, 0 without a verdict

            """
        ),
        (
            Fault(
                testDescription: "a throttled endpoint", status: 429, headers: ["Retry-After: 90"], phrase: "", exit: 3),
            """
            ERROR   mine  127.0.0.1 is asked for tokens too often: status 429; it may be asked again in 1 min 30 s
                    throttled: the credential may be good: wait, and ask for fewer tokens (the cache keeps them)

            1 credential: 0 good, 0 refused, 1 without a verdict

            """
        ),
        (
            Fault(
                testDescription: "a page in place of the token service", status: 404, body: "<html>", phrase: "",
                exit: 3),
            """
            ERROR   mine  127.0.0.1 refused a token to 'mine': status 404
                    set-up: no token is issued at this URL: compare its path with the vendor's page
                       --> providers/mine.json:4:25
                        |
                      4 |     "request": { "url": "HOST/login", "format": "json",
                        |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            1 credential: 0 good, 0 refused, 1 without a verdict

            """
        ),
    ]

    @Test("a wrong secret, an expired credential and a throttled endpoint are told apart", arguments: sentences)
    func sentence(_ fault: Fault, _ text: String) async throws {
        let server = try RawServer { _ in
            .answer(fault.status, ["Content-Type: application/json"] + fault.headers, fault.body)
        }
        defer { server.stop() }
        let result = try await Self.check(server.url)
        #expect(result.outputText == text.replacing("HOST", with: server.url))
        #expect(result.errorText == "")
        #expect(result.status == fault.exit)
    }

    @Test("an unreachable host and a bad certificate are told apart from them and from each other")
    func ways() async throws {
        let server = try RawServer { _ in .answer(200) }
        let (url, port) = (server.url, server.port)
        server.stop()
        let gone = try await Self.check(url)
        #expect(
            gone.outputText == """
                ERROR   mine  no answer from the token service 127.0.0.1 for 'mine': no connection to http://127.0.0.1:\(port) (Connection refused); does the server run?
                        unreachable: check the host's name, the network and --proxy
                           --> providers/mine.json:4:25
                            |
                          4 |     "request": { "url": "\(url)/login", "format": "json",
                            |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

                1 credential: 0 good, 0 refused, 1 without a verdict

                """)
        #expect(gone.status == 3)
        let sandbox = SandboxServer()
        let tlsPort = try await sandbox.start().httpsPort
        let tls = try await Self.check("https://localhost:\(tlsPort)")
        await sandbox.stop()
        #expect(
            tls.outputText == """
                ERROR   mine  no answer from the token service localhost for 'mine': the certificate of https://localhost:\(tlsPort) is not accepted (unable to get local issuer certificate); name the authority that issued it with --cacert
                        bad certificate: nothing was sent to it: another server may be answering, or its authority is not known here

                1 credential: 0 good, 0 refused, 1 without a verdict

                """)
        #expect(tls.status == 3)
    }

    private static let variables = ["NAME": "somebody", "PASSWORD": "pass-word-1"]

    private static func check(
        _ url: String, variables: [String: String] = variables
    ) async throws -> ChildProcess.Result {
        var files = LoginProject.files(url)
        files["providers/mine.json"] = files["providers/mine.json"]?.replacing(
            #""baseURL": "\#(url)","#,
            with: #""baseURL": "\#(url)", "verify": { "request": "GET /me" },"#)
        let project = try UsherProject(files)
        defer { project.folder.remove() }
        return try await project.run(["check"], environment: variables)
    }

    @Test("an unknown identity is a usage error with a suggestion")
    func unknown() async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let result = try await project.run(["check", "zarw", "--sandbox"])
        #expect(result.status == 2)
        #expect(result.errorText.contains("did you mean 'zarv'?"))
    }

    @Test("explain shows names and kinds of every step, and no value")
    func explain() async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let result = try await project.run(["explain", "zarv", "--sandbox"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        for part in [
            "POST https://services.zarv.com/api/v1/authentication", "body: JSON with username (text of",
            "accessToken (text of", "expires_in (number)", "GET https://api.zarv.com/v1/resource", "claims: iss ",
        ] {
            #expect(result.outputText.contains(part), "\(part)\n\(result.outputText)")
        }
        for value in ["eyJ", "admin@acme.test", "demo-zarv-password"] { #expect(!result.outputText.contains(value)) }
    }

    @Test(
        "explain shows the words of OAuth itself, which are nobody's secret, and counts characters as they were written"
    )
    func words() async throws {
        let server = try RawServer { _ in
            .answer(400, ["Content-Type: application/json"], #"{"error":"invalid_grant"}"#)
        }
        defer { server.stop() }
        let project = try UsherProject([
            "environments/test.json": """
            { "name": "test", "identities": { "me": { "provider": "oauth2-client-credentials",
                "vars": { "tokenURL": "\(server.url)/t", "apiURL": "\(server.url)" },
                "secrets": { "clientId": { "insecureLiteral": "client-4711" }, "clientSecret": { "insecureLiteral": "a+secret/word" } } } } }
            """
        ])
        defer { project.folder.remove() }
        let result = try await project.run(["explain", "me"])
        #expect(
            result.outputText.contains("form with grant_type client_credentials, client_id (text of 11 characters)"))
        #expect(result.outputText.contains("client_secret (text of 13 characters)"), "\(result.outputText)")
        #expect(result.outputText.contains("JSON with error invalid_grant"), "\(result.outputText)")
    }

    @Test("token --json and --curl-config hold the credential in a form for scripts")
    func tokenForms() async throws {
        let server = try RawServer { _ in
            .answer(200, ["Content-Type: application/json"], #"{"token":"to\"ken-\\for-tests","expires_in":600}"#)
        }
        defer { server.stop() }
        let project = try UsherProject(LoginProject.files(server.url))
        defer { project.folder.remove() }
        let json = try await project.run(["token", "mine", "--json"], environment: Self.variables)
        let root = try JSONDocument.parse(json.outputText).root
        #expect(root["token"]?.string == #"to"ken-\for-tests"#)
        #expect(root["type"]?.string == "Bearer")
        #expect(root["expiresAt"]?.string?.hasSuffix("Z") == true)
        let curl = try await project.run(["token", "mine", "--curl-config"], environment: Self.variables)
        #expect(curl.outputText == #"header = "Authorization: Bearer to\"ken-\\for-tests""# + "\n")
        let both = try await project.run(["token", "mine", "--json", "--header"], environment: Self.variables)
        #expect(both.status == 2)
    }
}
