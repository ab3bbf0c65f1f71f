import Secrets
import TestSupport
import Testing

@Suite("Secrets in outputs")
struct LeakTests {
    private static let password = "p4ss/w\u{F6}rd \"with\" + everything&more"
    private static let token = "tok-9f8e7d6c5b4a39281706f5e4d3c2b1a0ff"
    private static let refresh = "refresh-0a1b2c3d4e5f60718293a4b5c6d7e8f9"

    @Test(
        "a server that echoes every credential gets none of them into an output, in no form",
        arguments: [["-v"], ["-q"], ["--junit-strict"], []])
    func echoes(_ options: [String]) async throws {
        let server = try RawServer { request in
            if request.requestLine.contains("/login") {
                return .answer(
                    200, ["Content-Type: application/json"],
                    "{\"token\":\"\(Self.token)\",\"refresh\":\"\(Self.refresh)\",\"expires_in\":600}")
            }
            let body = request.head + String(decoding: request.body, as: UTF8.self)
            let coded = Base64.encode(Array((body + Self.password + Self.refresh).utf8))
            return .answer(418, ["X-Echo: \(Self.token)"], body + coded + PercentEncoding.encode(body))
        }
        defer { server.stop() }
        let project = try UsherProject(LoginProject.files(server.url))
        defer { project.folder.remove() }
        let result = try await project.run(
            ["run", "--junit", "out.xml"] + options, environment: ["NAME": "somebody", "PASSWORD": Self.password])
        #expect(result.status == 1)
        let report = try project.text("out.xml")
        for text in [result.outputText, result.errorText, report] { scan(text) }
        #expect(report.contains("«secret:"), "the outputs must have held them, or this test shows nothing")
    }

    @Test("a refused login names the reason and none of its secrets")
    func refused() async throws {
        let server = try RawServer { request in
            .answer(
                401, ["Content-Type: application/json"],
                "{\"error\":\"invalid_grant\",\"message\":\"no such password: \(Self.password.replacing("\"", with: "\\\""))\"}"
            )
        }
        defer { server.stop() }
        let project = try UsherProject(LoginProject.files(server.url))
        defer { project.folder.remove() }
        let result = try await project.run(
            ["run", "--junit", "out.xml", "-v"], environment: ["NAME": "somebody", "PASSWORD": Self.password])
        #expect(result.status == 3)
        #expect(result.outputText.contains("invalid_grant"))
        for text in [result.outputText, result.errorText, try project.text("out.xml")] { scan(text) }
    }

    @Test("usher token prints the token and nothing else")
    func token() async throws {
        let server = try RawServer { _ in
            .answer(200, ["Content-Type: application/json"], "{\"token\":\"\(Self.token)\",\"expires_in\":600}")
        }
        defer { server.stop() }
        let project = try UsherProject(LoginProject.files(server.url))
        defer { project.folder.remove() }
        let variables = ["NAME": "somebody", "PASSWORD": Self.password]
        let plain = try await project.run(["token", "mine"], environment: variables)
        #expect(plain.outputText == "\(Self.token)\n")
        #expect(plain.errorText == "")
        let header = try await project.run(["token", "mine", "--header"], environment: variables)
        #expect(header.outputText == "Authorization: Bearer \(Self.token)\n")
    }

    /// Looks for every secret raw, in base64 (at three offsets), percent-encoded and JSON-escaped.
    private func scan(_ text: String) {
        for secret in [Self.password, Self.token, Self.refresh] {
            for form in forms(secret) { #expect(!text.contains(form), "holds \(form)") }
        }
    }

    private func forms(_ secret: String) -> [String] {
        let bytes = Array(secret.utf8)
        let base64 = (0..<3).map { shift in
            String(
                Base64.encode([UInt8](repeating: 0x20, count: shift) + bytes, padded: false).dropFirst(4).dropLast(2))
        }
        let escaped = secret.replacing("\"", with: "\\\"")
        return [secret, PercentEncoding.encode(secret), PercentEncoding.form(secret), escaped] + base64
    }
}
