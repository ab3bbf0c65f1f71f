import Sandbox
import TestSupport
import Testing

@Suite("Trust")
struct TrustTests {
    private static let collection = """
        { "name": "TLS", "requests": [ { "name": "stats", "request": "GET {{base}}/_sandbox/stats" } ] }
        """

    @Test("exactly the authority that was asked for is trusted")
    func authorities() async throws {
        let server = SandboxServer(), other = SandboxServer()
        let endpoints = try await server.start(), others = try await other.start()
        let project = try UsherProject([
            "collections/tls.json": Self.collection, "right.pem": endpoints.caPEM, "wrong.pem": others.caPEM,
        ])
        defer { project.folder.remove() }
        let base = ["run", "--var", "base=https://localhost:\(endpoints.httpsPort)"]
        let right = try await project.run(base + ["--cacert", "right.pem"])
        #expect(right.status == 0, "\(right.outputText)")
        let wrong = try await project.run(base + ["--cacert", "wrong.pem"])
        #expect(wrong.status == 3)
        #expect(wrong.outputText.contains("certificate"))
        let none = try await project.run(base)
        #expect(none.status == 3)
        let insecure = try await project.run(base + ["--insecure"])
        #expect(insecure.status == 0)
        #expect(insecure.outputText.contains("certificates were not checked"))
        let missing = try await project.run(base + ["--cacert", "lost.pem"])
        #expect(missing.status == 2, "\(missing.outputText)\(missing.errorText)")
        await server.stop()
        await other.stop()
    }
}
