import TestSupport
import Testing

/// nginx as a vendor with an authority of its own: a token for a client whose certificate it knows, and one thing to read.
private struct PrivateVendor: Sendable {
    let material: TLSMaterial
    let nginx: NginxServer

    init(versions: String = "TLSv1.2 TLSv1.3") async throws {
        let material = try await TLSMaterial()
        self.material = material
        do {
            nginx = try await NginxServer { port in
                """
                server {
                    listen 127.0.0.1:\(port) ssl;
                    ssl_protocols \(versions);
                    ssl_certificate \(material.server);
                    ssl_certificate_key \(material.serverKey);
                    ssl_client_certificate \(material.authority);
                    ssl_verify_client optional;
                    default_type application/json;
                    if ($ssl_client_verify != SUCCESS) { return 403; }
                    location /token { return 200 '{"access_token":"the-token-of-nginx","token_type":"Bearer","expires_in":600}'; }
                    location /thing { return 200 '{"version":"$ssl_protocol"}'; }
                }
                """
            }
        } catch {
            material.remove()
            throw error
        }
    }

    func stop() async {
        await nginx.stop()
        material.remove()
    }

    /// - Parameter tls: the provider's.
    func project(tls: String, secrets: [String: String] = [:]) throws -> UsherProject {
        let bound = secrets.map { #", "\#($0)": { "file": "\#($1)" }"# }.sorted().joined()
        let base = "https://127.0.0.1:\(nginx.port)"
        return try UsherProject([
            "providers/vendor.json": """
            { "id": "vendor", "baseURL": "\(base)", "tls": \(tls),
              "secrets": { "clientId": { "sensitive": false }, "clientSecret": {}, "ca": { "sensitive": false, "required": false },
                           "cert": { "sensitive": false, "required": false }, "key": { "required": false } },
              "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "\(base)/token" } } }
            """,
            "environments/test.json": """
            { "name": "test", "identities": { "me": { "provider": "vendor",
              "secrets": { "clientId": { "insecureLiteral": "one" }, "clientSecret": { "insecureLiteral": "two-secret" }\(bound) } } } }
            """,
            "collections/a.json": """
            { "name": "A", "as": "me", "requests": [ { "name": "one", "request": "GET /thing" } ] }
            """,
        ])
    }
}

@Suite("TLS of a provider", .timeLimit(.minutes(2)))
struct ProviderTLSTests {
    private static let whole = """
        { "ca": "{{ secret.ca ?? '' }}", "clientCert": "{{ secret.cert ?? '' }}", "clientKey": "{{ secret.key ?? '' }}" }
        """

    @Test("its authority vouches for its servers, and its certificate is shown, at the token service and in calls")
    func trusted() async throws {
        let vendor = try await PrivateVendor()
        let client = ["cert": vendor.material.client, "key": vendor.material.clientKey]
        let cases: [(secrets: [String: String], status: Int32, says: String)] = [
            (client.merging(["ca": vendor.material.authority]) { $1 }, 0, "2 passed"),
            (client, 3, "the certificate of https://127.0.0.1:\(vendor.nginx.port) is not accepted"),
            (client.merging(["ca": vendor.material.wrongAuthority]) { $1 }, 3, "in the provider's tls.ca"),
            (["ca": vendor.material.authority], 3, "403"),
        ]
        for (secrets, status, says) in cases {
            let project = try vendor.project(tls: Self.whole, secrets: secrets)
            let result = try await project.run(["run", "--no-cache"])
            #expect(result.status == status, "\(result.outputText)\(result.errorText)")
            #expect(result.outputText.contains(says), "\(says): \(result.outputText)")
            #expect(!result.outputText.contains("PRIVATE KEY"))
            project.folder.remove()
        }
        // The provider's takes the place of the run's, and nothing is checked only where the caller says so.
        let project = try vendor.project(tls: Self.whole, secrets: client)
        let own = try await project.run(["run", "--no-cache", "--cacert", vendor.material.authority])
        #expect(own.status == 0, "\(own.outputText)")
        project.folder.remove()
        await vendor.stop()
    }

    @Test("an older version than the provider wants is not spoken")
    func version() async throws {
        let vendor = try await PrivateVendor(versions: "TLSv1.2")
        let secrets = [
            "ca": vendor.material.authority, "cert": vendor.material.client, "key": vendor.material.clientKey,
        ]
        for (wanted, status) in [("1.2", 0), ("1.3", 3)] as [(String, Int32)] {
            let tls = Self.whole.dropLast() + #", "minVersion": "\#(wanted)" }"#
            let project = try vendor.project(tls: String(tls), secrets: secrets)
            let result = try await project.run(["run", "--no-cache"])
            #expect(result.status == status, "\(result.outputText)")
            #expect(result.outputText.contains("speaks no version of TLS that is accepted here") == (status == 3))
            project.folder.remove()
        }
        await vendor.stop()
    }

    @Test(
        "what is no certificate or no key is said at the identity, without a word of it",
        arguments: [
            ("ca", "ca", "holds no certificate"), ("cert", "clientCert", "holds no certificate"),
            ("key", "clientKey", "holds no private key"),
        ])
    func wrong(secret: String, member: String, reason: String) async throws {
        let vendor = try await PrivateVendor()
        var secrets = ["cert": vendor.material.client, "key": vendor.material.clientKey]
        secrets[secret] = secret == "key" ? vendor.material.client : vendor.material.clientKey
        let project = try vendor.project(tls: Self.whole, secrets: secrets)
        let result = try await project.run(["run", "--no-cache"])
        #expect(result.status == 3, "\(result.outputText)\(result.errorText)")
        let text = result.outputText + result.errorText
        #expect(text.contains("tls.\(member) of 'vendor' cannot be used by 'me': it \(reason)"), "\(text)")
        #expect(text.contains("--> environments/test.json:1:") && !text.contains("-----BEGIN"))
        project.folder.remove()
        await vendor.stop()
    }
}
