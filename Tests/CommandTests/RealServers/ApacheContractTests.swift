import TestSupport
import Testing

/// What Apache's OAuth 2.0 modules really do (docs/contract.md, "What was found on real servers").
@Suite("The contract of Apache")
struct ApacheContractTests {
    private static let key = "a-key-of-thirty-two-characters-01"

    private static let openidc = """
        OIDCCryptoPassphrase made-up-for-this-test
        OIDCOAuthVerifySharedKeys plain##\(key)
        OIDCOAuthRemoteUserClaim sub
        """

    /// Cases that both modules keep.
    private static let kept: Set<String> = [
        "no-credential", "empty-credential", "invalid-credential", "altered-credential", "bare-credential",
        "other-scheme",
        "unsigned-token", "tampered-token", "credential-in-query", "as orders", "RES-02", "RES-03", "RES-05", "RES-09",
        "RES-14", "RES-17", "RES-25", "RES-32", "JWT-09", "JWT-10", "JWT-12", "JWT-14",
    ]

    @Test(
        "mod_auth_openidc refuses every broken token, takes one that is shown twice, and answers a missing scope with 401"
    )
    func openidc() async throws {
        let cases = try await cases("auth_openidc", Self.openidc, auth: "oauth20", requires: "claim")
        #expect(cases.names(.kept).isSuperset(of: Self.kept.union(["as profile"])), "\(cases.text)")
        #expect(cases.findings == Self.findings, "\(cases.text)")
        #expect(cases.exitCode == 0)
    }

    @Test(
        "mod_oauth2 does the same", .enabled(if: ApacheServer.has("oauth2"), "libapache2-mod-oauth2 is not installed"))
    func oauth2() async throws {
        let verify = "OAuth2TokenVerify plain \(Self.key) verify.exp=required&verify.iss=skip"
        let cases = try await cases("oauth2", verify, auth: "oauth2", requires: "oauth2_claim")
        #expect(cases.names(.kept).isSuperset(of: Self.kept.union(["as profile"])), "\(cases.text)")
        #expect(cases.findings == Self.findings, "\(cases.text)")
        #expect(cases.exitCode == 0)
    }

    @Test("who is answered 401 for a missing scope, and was let in nowhere, has shown nothing")
    func unproven() async throws {
        let cases = try await cases("auth_openidc", Self.openidc, auth: "oauth20", requires: "claim", proves: false)
        #expect(cases.verdicts["list orders › as profile"] == .noVerdict, "\(cases.text)")
        #expect(cases.exitCode == 3)
    }

    @Test("a path that is protected in one spelling, before a back end that takes others, is a hole")
    func otherSpelling() async throws {
        let cases = try await cases(
            "auth_openidc", Self.openidc, auth: "oauth20", requires: "claim", protecting: "/orders")
        #expect(cases.verdicts["RES-02 list orders"] == .hole, "\(cases.text)")
        #expect(
            cases.text.contains("with a letter of its path in the other case: expected 401, got 200"), "\(cases.text)")
        #expect(cases.exitCode == 1)
    }

    /// The same at both: an error in the challenge for a caller without credential, a token that is shown twice is taken,
    /// and a missing scope is answered 401.
    private static let findings: [String: ServerVerdicts.Verdict] = [
        "RES-08": .warning, "RES-13": .warning, "RES-19": .warning,
    ]

    // MARK: The project

    /// The test signs the tokens itself; the server knows the key.
    private static let provider = """
        { "id": "gate", "baseURL": "{{apiURL}}",
          "vars": { "apiURL": { "required": true }, "scope": { "required": true } }, "secrets": { "key": {} },
          "auth": { "type": "jwt", "assertion": { "alg": "HS256", "key": "{{secret.key}}", "aud": "https://api.test",
            "claims": { "iss": "https://login.test", "sub": "somebody", "scope": "{{scope}}" }, "ttl": "5m" } },
          "contract": { "packs": ["bearer", "jwt"] } }
        """

    /// Two resources, each for another scope; a back end that knows every path.
    ///
    /// - Parameters:
    ///   - path: what is protected for the scope `orders`, beside the profile.
    ///   - proves: whether the second identity is let in somewhere.
    private func cases(
        _ module: String, _ directives: String, auth: String, requires claim: String, protecting path: String = "/",
        proves: Bool = true
    ) async throws -> ServerVerdicts {
        let backend = try RawServer { _ in
            .answer(200, ["Content-Type: application/json"], #"{"orders":[{"id":"1"}]}"#)
        }
        defer { backend.stop() }
        let places = [(path, "orders"), ("/profile", "profile")].map { path, scope in
            "<Location \(path)>\nAuthType \(auth)\nRequire \(claim) scope:\(scope)\n</Location>"
        }
        let apache = try await ApacheServer(
            modules: [module], proxyTo: backend.url, ([directives] + places).joined(separator: "\n"))
        let project = try Self.project(apache.url, proves)
        do {
            let cases = try await ServerVerdicts(project, environment: ["KEY": Self.key])
            await apache.stop()
            project.folder.remove()
            return cases
        } catch {
            await apache.stop()
            project.folder.remove()
            throw error
        }
    }

    private static func project(_ url: String, _ proves: Bool) throws -> UsherProject {
        func identity(_ name: String) -> String {
            """
            "\(name)": { "provider": "gate", "vars": { "apiURL": "\(url)", "scope": "\(name)" },
              "secrets": { "key": { "env": "KEY" } } }
            """
        }
        let proof = proves ? #""access": { "profile": "allow" }"# : #""expect": { "status": 200 }"#
        return try UsherProject([
            "providers/gate.json": provider,
            "environments/test.json":
                #"{ "name": "test", "identities": { \#(identity("orders")), \#(identity("profile")) } }"#,
            "collections/orders.json": """
            { "name": "Orders", "requests": [
              { "name": "own profile", "as": "profile", "request": "GET /profile", "denies": [], \(proof) },
              { "name": "list orders", "as": "orders", "request": "GET /orders", "denies": "all",
                "access": { "orders": "allow", "profile": "deny" } } ] }
            """,
        ])
    }
}
