import TestSupport
import Testing

@testable import Tokens

/// The real listener, visited by `curl`.
@Suite("The listener for the browser", .timeLimit(.minutes(1)))
struct LoopbackTests {
    private static func visit(_ port: Int, _ target: String, _ more: [String] = []) throws -> ChildProcess {
        try ChildProcess("curl", ["-sS", "-i", "--noproxy", "*", "http://127.0.0.1:\(port)\(target)"] + more)
    }

    @Test("The answer comes in, and the browser gets a page that holds nothing of it")
    func answer() async throws {
        let listener = try LoopbackListener(port: 0)
        let visitor = try Self.visit(listener.port, "/callback?code=the-code&state=s%2B1")
        let target = try await listener.next(path: "/callback", within: .seconds(30))
        #expect(target == "/callback?code=the-code&state=s%2B1")
        await listener.finish("Signed in <here> & now.")
        let page = await visitor.result().outputText
        #expect(page.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(page.contains("<p>Signed in &lt;here> &amp; now.</p>"))
        #expect(page.contains("Cache-Control: no-store\r\n") && page.contains("Referrer-Policy: no-referrer\r\n"))
        #expect(!page.contains("the-code"))
    }

    static let others: [(String, [String], String)] = [
        ("/favicon.ico", [], "HTTP/1.1 404 "), ("/callback2?code=c", [], "HTTP/1.1 404 "),
        ("/callback?code=c", ["-d", "code=c"], "HTTP/1.1 405 "),
        ("/callback?code=c", ["-H", "Host: attacker.test"], "HTTP/1.1 400 "),
    ]

    @Test("Other requests are refused and do not count", arguments: others)
    func refused(_ target: String, _ options: [String], _ start: String) async throws {
        let listener = try LoopbackListener(port: 0)
        async let next = listener.next(path: "/callback", within: .seconds(30))
        let refused = await (try Self.visit(listener.port, target, options)).result()
        #expect(refused.outputText.hasPrefix(start), "\(refused.outputText)\(refused.errorText)")
        let visitor = try Self.visit(listener.port, "/callback?x")
        let target = try await next
        #expect(target == "/callback?x")
        await listener.finish("Done.")
        #expect(await visitor.result().outputText.contains("Done."))
    }

    @Test("A connection that says nothing, and one that talks without an end, keep nobody out")
    func preconnect() async throws {
        let listener = try LoopbackListener(port: 0)
        let hang = "exec 3<>/dev/tcp/127.0.0.1/\(listener.port); printf there; read -r -u 3 line"
        let flood = "exec 3<>/dev/tcp/127.0.0.1/\(listener.port); yes 'X-Line: without end' >&3"
        let others = try [hang, flood].map { try ChildProcess("bash", ["-c", $0]) }
        async let next = listener.next(path: "/callback", within: .seconds(30))
        try await eventually("the connection") { others[0].soFar.outputText == "there" }
        // The one that floods is cut off.
        _ = await others[1].result()
        let visitor = try Self.visit(listener.port, "/callback?x")
        let target = try await next
        #expect(target == "/callback?x")
        await listener.finish("Done.")
        #expect(await visitor.result().outputText.contains("Done."))
        #expect(await others[0].result().status != nil)
    }

    @Test("Patience ends, and so does the wait of a task that is cancelled; a port that is taken is named")
    func ends() async throws {
        let listener = try LoopbackListener(port: 0)
        #expect(try await listener.next(path: "/callback", within: .milliseconds(20)) == nil)
        let port = listener.port
        #expect(throws: PersonDesk.ListenError("port \(port): Address already in use")) {
            _ = try LoopbackListener(port: port)
        }
        let task = Task { try await listener.next(path: "/callback", within: .seconds(600)) }
        task.cancel()
        await #expect(throws: PersonDesk.ListenError("interrupted")) { _ = try await task.value }
        await listener.finish("")
        // A child that another test starts at this moment has the socket too, until its program begins.
        try await eventually("the port to be free") { (try? LoopbackListener(port: port)) != nil }
    }
}
