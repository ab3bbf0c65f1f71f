import TestSupport
import Testing

/// What nginx really does (docs/contract.md, "What was found on real servers").
@Suite("The contract of nginx")
struct NginxContractTests {
    private static let answer = "default_type application/json; return 200 '{\"orders\":[{\"id\":\"1\"}]}';"

    private static let providers = """
        { "id": "gate", "vars": { "apiURL": { "required": true } }, "baseURL": "{{apiURL}}", "auth": { "type": "none" } }
        """

    private static func collection(_ access: String) -> String {
        """
        { "name": "Orders", "as": "acme", "requests": [
          { "name": "list orders", "request": "GET /orders", "denies": "all", "access": \(access),
            "expect": { "status": 200, "json": { "$.orders": { "type": "array" } } } } ] }
        """
    }

    /// What the file says of a certificate of another authority, which is refused with 400.
    private static let strangers: [(says: String, verdict: ServerVerdicts.Verdict, exitCode: Int32)] = [
        ("400", .kept, 0),
        // A caller who was let in nowhere may be no caller at all.
        (#""deny""#, .noVerdict, 3),
    ]

    @Test(
        "client certificates: 400 without one and with a stranger's is a refusal, and nobody asks for a 401",
        arguments: strangers)
    func certificates(says: String, verdict: ServerVerdicts.Verdict, exitCode: Int32) async throws {
        let material = try await TLSMaterial()
        defer { material.remove() }
        let nginx = try await NginxServer { port in
            """
            server {
                listen 127.0.0.1:\(port) ssl;
                ssl_certificate \(material.server); ssl_certificate_key \(material.serverKey);
                ssl_client_certificate \(material.authority); ssl_verify_client on;
                location / { \(Self.answer) }
            }
            """
        }
        func identity(_ name: String, _ certificate: String, _ key: String) -> String {
            """
            "\(name)": { "provider": "gate", "vars": { "apiURL": "https://127.0.0.1:\(nginx.port)" },
              "tls": { "certificate": "\(certificate)", "key": "\(key)" } }
            """
        }
        let stranger = identity("stranger", material.wrongAuthority, material.folder.file("wrong-ca.key"))
        let project = try UsherProject([
            "providers/gate.json": Self.providers,
            "environments/test.json": """
            { "name": "test", "identities": {
              \(identity("acme", material.client, material.clientKey)), \(stranger) } }
            """,
            "collections/orders.json": Self.collection(#"{ "acme": "allow", "stranger": \#(says) }"#),
        ])
        let cases = try await ServerVerdicts(project, ["--cacert", material.authority])
        await nginx.stop()
        project.folder.remove()
        #expect(cases.exitCode == exitCode, "\(cases.text)")
        #expect(cases.names(.kept).isSuperset(of: ["no-credential", "as acme", "RES-02", "RES-25", "RES-32"]))
        #expect(cases.verdicts["list orders › as stranger"] == verdict, "\(cases.text)")
        // nginx answers TRACE with 405 and names no methods.
        let others = cases.findings.filter { $0.key != "as stranger" }
        #expect(others == ["HTT-01": .warning], "\(cases.text)")
        // No 401, so nothing to say about its challenge.
        #expect(cases.names(.skipped).isSuperset(of: ["RES-03", "HTT-02"]))
    }

    @Test("user name and password: each broken form of them is refused with 401 and a challenge")
    func basic() async throws {
        let users = try TemporaryFolder()
        defer { users.remove() }
        let file = try users.write("users", "acme:{PLAIN}acme-password-01\n")
        let backend = try RawServer { _ in .answer(200, ["Content-Type: application/json"], #"{"orders":[{"id":"1"}]}"#)
        }
        defer { backend.stop() }
        let nginx = try await NginxServer { port in
            """
            server {
                listen 127.0.0.1:\(port);
                location / { auth_basic orders; auth_basic_user_file \(file); proxy_pass \(backend.url); }
            }
            """
        }
        let project = try UsherProject([
            "environments/test.json": """
            { "name": "test", "identities": { "acme": {
                "provider": "basic", "vars": { "apiURL": "http://127.0.0.1:\(nginx.port)" },
                "secrets": { "username": { "env": "USERNAME" }, "password": { "env": "PASSWORD" } } } } }
            """,
            "collections/orders.json": Self.collection(#"{ "acme": "allow" }"#),
        ])
        let cases = try await ServerVerdicts(
            project, environment: ["USERNAME": "acme", "PASSWORD": "acme-password-01"])
        await nginx.stop()
        project.folder.remove()
        #expect(cases.exitCode == 0, "\(cases.text)")
        #expect(
            cases.names(.kept).isSuperset(of: [
                "no-credential", "empty-credential", "invalid-credential", "altered-credential", "other-scheme",
                "bare-credential", "RES-02", "RES-03", "HTT-02", "KEY-01", "KEY-02",
            ]), "\(cases.names(.kept))")
        #expect(cases.findings == ["HTT-01": .warning], "\(cases.text)")
    }
}
