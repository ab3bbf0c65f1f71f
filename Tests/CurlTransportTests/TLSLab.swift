import TestSupport
import Testing

/// nginx with TLS, its certificates, and a server behind it that never answers: made once for a suite.
struct TLSLab: Sendable {
    let material: TLSMaterial
    let nginx: NginxServer
    let silent: RawServer

    var url: String { "https://127.0.0.1:\(nginx.port)" }

    @TaskLocal static var current: TLSLab?

    init() async throws {
        let material = try await TLSMaterial()
        let silent = try RawServer(readsRequests: false)
        self.material = material
        self.silent = silent
        do {
            nginx = try await NginxServer { port in Self.configuration(port, material, silentPort: silent.port) }
        } catch {
            silent.stop()
            material.remove()
            throw error
        }
    }

    func remove() async {
        silent.stop()
        await nginx.stop()
        material.remove()
    }

    private static func configuration(_ port: Int, _ material: TLSMaterial, silentPort: Int) -> String {
        """
        server {
            listen 127.0.0.1:\(port) ssl http2;
            ssl_certificate \(material.server);
            ssl_certificate_key \(material.serverKey);
            ssl_client_certificate \(material.authority);
            ssl_verify_client optional;
            default_type text/plain;
            location / { return 200 "$server_protocol $ssl_client_verify $connection"; }
            location /private {
                if ($ssl_client_verify != SUCCESS) { return 403; }
                return 200 "$ssl_client_s_dn";
            }
            location /silent { proxy_pass http://127.0.0.1:\(silentPort); }
        }
        """
    }
}

/// Gives the tests of a suite one `TLSLab`.
struct TLSLabTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let lab = try await TLSLab()
        do {
            try await TLSLab.$current.withValue(lab, operation: function)
        } catch {
            await lab.remove()
            throw error
        }
        await lab.remove()
    }
}

extension Trait where Self == TLSLabTrait {
    static var tlsLab: Self { TLSLabTrait() }
}
