import HTTP
import JSON
import Testing

@testable import Sandbox

/// The textbook server against RFC 8705.
@Suite("A client with a certificate")
struct CertificateClientTests {
    @Test("logs in by it alone, and its tokens and what is told of them name it (§2, §3.1, §3.2)")
    func login() throws {
        let bench = Bench()
        let token = try bench.vaultToken()
        #expect(LooseJWT(token)?.claims["cnf"]?.object?["x5t#S256"]?.string == Bench.certificate)
        let told = bench.vault("/introspect", "token=\(token)")
        #expect(told.object["cnf"]?.object?["x5t#S256"]?.string == Bench.certificate)
        #expect(bench.vaultLogin().object["token_type"]?.string == "Bearer")
    }

    @Test("is refused without it, with another, and with a secret beside it", arguments: [nil, "another"] as [String?])
    func strangers(_ certificate: String?) throws {
        let bench = Bench()
        let refused = bench.vaultLogin(certificate: certificate)
        #expect(refused.status == 401 && refused.object["error"]?.string == "invalid_client")
        let both = bench.vault("/token", "grant_type=client_credentials&client_secret=x")
        #expect(both.status == 401)
    }

    @Test("its token opens only with the certificate (§3)", arguments: [nil, "another"] as [String?])
    func bound(_ certificate: String?) throws {
        let bench = Bench()
        let token = try bench.vaultToken()
        #expect(bench.vaultCall(token).status == 200)
        let refused = bench.vaultCall(token, certificate: certificate)
        #expect(refused.status == 401)
        #expect(refused.headers["WWW-Authenticate"]?.contains(#"error="invalid_token""#) == true)
    }

    @Test("nobody else's token is bound to a certificate that happens to be shown")
    func others() throws {
        let bench = Bench()
        let answer = bench.certified(
            "POST", "https://login.oidc.test/token", [("Content-Type", "application/x-www-form-urlencoded")],
            body: "grant_type=client_credentials&client_id=demo-oidc-client-acme"
                + "&client_secret=demo-oidc-secret-acme-not-real", certificate: Bench.certificate)
        #expect(answer.status == 200)
        #expect(LooseJWT(try #require(answer.object["access_token"]?.string))?.claims["cnf"] == nil)
    }

    @Test("the certificate that is in the sources is the one whose thumbprint the server knows")
    func demo() {
        #expect(DemoCertificate.thumbprint == Bench.certificate)
    }
}
