import TestSupport
import Testing

/// What servers of Python libraries really do (docs/contract.md, "What was found on real servers"), where Debian's
/// packages of them are installed.
@Suite("The contract of Python's servers")
struct PythonContractTests {
    private static func clientCredentials(_ name: String, _ scope: String, _ url: String, _ token: String) -> String {
        """
        "provider": "oauth2-client-credentials", "variant": "basic", "scope": ["\(scope)"],
        "vars": { "apiURL": "\(url)", "tokenURL": "\(url)\(token)" },
        "secrets": { "clientId": { "env": "\(name)_name" }, "clientSecret": { "env": "\(name)_secret" } }
        """
    }

    /// Broken forms of a bearer token that each of the three refuses.
    private static let kept: Set<String> = [
        "no-credential", "empty-credential", "invalid-credential", "altered-credential", "bare-credential",
        "other-scheme",
        "as acme", "as reader", "RES-25", "RES-32", "TOK-02", "TOK-03",
    ]

    private static func findings(
        fails: [String] = [], holes: [String] = [], warns: [String]
    ) -> [String: ServerVerdicts.Verdict] {
        let pairs =
            fails.map { ($0, ServerVerdicts.Verdict.deviation) } + holes.map { ($0, .hole) }
            + warns.map { ($0, .warning) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test(
        "FastAPI's security helpers: 401 for a missing scope; the token service is no OAuth 2.0 in how it refuses",
        .enabled("python3-fastapi, python3-uvicorn and python3-multipart are not all installed") {
            await PythonServer.has("fastapi", "uvicorn", "multipart")
        })
    func fastAPI() async throws {
        let server = try await PythonServer("fastapi")
        let cases = try await server.cases { name, _, url in
            """
            "provider": "oauth2-password", "vars": { "apiURL": "\(url)", "tokenURL": "\(url)/token" },
            "secrets": { "username": { "env": "\(name)_name" }, "password": { "env": "\(name)_password" } }
            """
        }
        await server.process.stop()
        #expect(cases.names(.kept).isSuperset(of: Self.kept.union(["RES-02", "RES-03"])), "\(cases.text)")
        #expect(
            cases.findings
                == Self.findings(
                    fails: ["TOK-08", "TOK-09", "TOK-10", "TOK-12", "TOK-16", "TOK-24", "TOK-28"],
                    warns: ["RES-19", "TOK-15", "TOK-35"]), "\(cases.text)")
        #expect(cases.names(.remark).isSuperset(of: ["RES-06", "RES-13"]), "\(cases.text)")
        #expect(cases.exitCode == 1)
    }

    @Test(
        "FastAPI's APIKeyHeader: no key is answered 403, and no answer has a challenge",
        .enabled("python3-fastapi, python3-uvicorn and python3-multipart are not all installed") {
            await PythonServer.has("fastapi", "uvicorn", "multipart")
        })
    func fastAPIKey() async throws {
        let server = try await PythonServer("fastapi")
        let project = try UsherProject([
            "environments/test.json": """
            { "name": "test", "identities": { "acme": { "provider": "api-key",
                "vars": { "apiURL": "\(server.process.url)" }, "secrets": { "key": { "env": "KEY" } } } } }
            """,
            "collections/orders.json": """
            { "name": "Orders", "requests": [
              { "name": "list orders", "as": "acme", "request": "GET /keyed", "denies": "all" } ] }
            """,
        ])
        let cases = try await ServerVerdicts(project, environment: ["KEY": "key-of-acme-0123456789"])
        await server.process.stop()
        project.folder.remove()
        let kept: Set<String> = [
            "no-credential", "invalid-credential", "altered-credential", "credential-in-query", "KEY-02",
        ]
        #expect(cases.names(.kept).isSuperset(of: kept), "\(cases.text)")
        #expect(cases.findings == Self.findings(fails: ["RES-03"], warns: ["RES-02", "KEY-01"]), "\(cases.text)")
        #expect(cases.exitCode == 1)
    }

    @Test(
        "Authlib with Flask: every broken token is refused, with a challenge that cannot be read",
        .enabled("python3-authlib and python3-flask are not both installed") {
            await PythonServer.has("authlib", "flask")
        })
    func authlib() async throws {
        let server = try await PythonServer("authlib")
        let cases = try await server.cases { Self.clientCredentials($0, $1, $2, "/token") }
        await server.process.stop()
        #expect(cases.names(.kept).isSuperset(of: Self.kept.union(["RES-02", "RES-03"])), "\(cases.text)")
        #expect(
            cases.findings
                == Self.findings(fails: ["TOK-08", "TOK-09", "TOK-16"], warns: ["TOK-14", "TOK-15"]), "\(cases.text)")
        #expect(
            cases.names(.remark).isSuperset(of: ["RES-04", "RES-08", "RES-10", "RES-12", "RES-13"]), "\(cases.text)")
        #expect(cases.exitCode == 1)
    }

    @Test(
        "Django OAuth Toolkit: 403 for no credential, a token in the URL lets in, credentials in it make the service fail",
        .enabled("python3-django-oauth-toolkit is not installed") {
            await PythonServer.has("django", "oauth2_provider")
        })
    func django() async throws {
        let server = try await PythonServer("django")
        let cases = try await server.cases { Self.clientCredentials($0, $1, $2, "/o/token/") }
        await server.process.stop()
        #expect(cases.names(.kept).isSuperset(of: Self.kept), "\(cases.text)")
        #expect(
            cases.findings
                == Self.findings(
                    fails: ["TOK-08", "TOK-09", "TOK-13", "TOK-28"], holes: ["credential-in-query"],
                    warns: ["RES-02", "TOK-14", "TOK-35"]), "\(cases.text)")
        #expect(
            cases.names(.remark).isSuperset(of: ["RES-09", "RES-10", "RES-11", "RES-13", "RES-14", "RES-15"]),
            "\(cases.text)")
        #expect(cases.exitCode == 1)
    }
}
