import Secrets
import TestSupport
import Testing

@Suite("Proxies")
struct ProxyTests {
    private static let password = "pr0xy%2Fp4ss"
    private static let collection = """
        { "name": "One", "requests": [ { "name": "one", "request": "GET http://api.test/one" } ] }
        """

    @Test(
        "the password of a proxy is in no output, wherever the proxy came from",
        arguments: ["option", "settings", "http_proxy", "ALL_PROXY"])
    func password(origin: String) async throws {
        let server = try RawServer { request in
            .answer(418, [], request.head + " " + Self.password + " pr0xy/p4ss")
        }
        defer { server.stop() }
        let proxy = "http://somebody:\(Self.password)@127.0.0.1:\(server.port)"
        let project = try UsherProject([
            "collections/one.json": Self.collection,
            "usher.json": origin == "settings" ? "{ \"proxy\": \"\(proxy)\" }" : "{}",
        ])
        defer { project.folder.remove() }
        let result = try await project.run(
            ["run", "-v", "--junit", "out.xml"] + (origin == "option" ? ["--proxy", proxy] : []),
            environment: origin.contains("_") ? [origin: proxy] : [:])
        #expect(result.status == 1, "\(result.outputText)\(result.errorText)")
        #expect(server.requests.count == 1)
        let pair = Base64.encode(Array("somebody:pr0xy/p4ss".utf8))
        for text in [result.outputText, result.errorText, try project.text("out.xml")] {
            for secret in [Self.password, "pr0xy/p4ss", pair, proxy] { #expect(!text.contains(secret)) }
        }
        #expect(result.outputText.contains("«secret:proxy»"))
        #expect(
            result.outputText.contains("--proxy http://127.0.0.1:\(server.port) ")
                == ["option", "settings"].contains(origin))
    }

    @Test("a proxy that is not there is named, without its user")
    func refused() async throws {
        let gone = try RawServer()
        gone.stop()
        let project = try UsherProject(["collections/one.json": Self.collection])
        defer { project.folder.remove() }
        let result = try await project.run(
            ["run"], environment: ["http_proxy": "http://somebody:\(Self.password)@127.0.0.1:\(gone.port)"])
        #expect(result.status == 3)
        #expect(result.outputText.contains("no connection to the proxy 127.0.0.1:\(gone.port) (Connection refused)"))
        #expect(!result.outputText.contains("somebody"))
    }
}
