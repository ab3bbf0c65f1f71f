import CurlTransport
import HTTP
import TestSupport
import Testing

@Suite("Failures", .timeLimit(.minutes(1)))
struct FailureTests {
    @Test(
        "A malformed or missing answer is an error that says so",
        arguments: [
            (RawReply.close, TransportError.Kind.receive, "closed the connection without an answer"),
            (.reset, .receive, "broke while the answer was read"),
            (.lastText("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), .receive, "ended early"),
            (.lastText("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"), .receive, "ended early"),
            (.lastText("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), .receive, "127.0.0.1"),
            (.lastText("SSH-2.0-OpenSSH_9.2\r\n"), .receive, "is not HTTP"),
            (.lastText("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"), .receive, "is not HTTP"),
            (.lastText("HTTP/9.9 200 OK\r\n\r\n"), .receive, "is not HTTP"),
            (
                .lastText("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"), .receive,
                "cannot be decoded"
            ),
            (.lastText("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), .receive, "127.0.0.1"),
            (.lastText("\0\0\0\0"), .receive, "127.0.0.1"),
        ])
    func malformed(reply: RawReply, kind: TransportError.Kind, text: String) async throws {
        try await withServer({ _ in reply }) { server, transport in
            let error = await transport.failure(
                try server.request(.get, "/?q=secret", headers: [HeaderField("X", "secret")]))
            #expect(error?.kind == kind, "\(error?.message ?? "")")
            #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("secret") == false)
            #expect(error?.message.contains("CURLE") == false)
            #expect(error?.code != 0)
        }
    }

    @Test("A server that answers nothing ends in a timeout that says how far it came")
    func hangs() async throws {
        try await withServer({ _ in .hang(after: []) }) { server, transport in
            var request = try server.request()
            request.timeout = .milliseconds(60)
            let error = await transport.failure(request)
            #expect(error?.kind == .timeout)
            #expect(error?.message.contains("within 60 ms (not a byte of it arrived)") == true)
        }
        try await withServer({ _ in .hang(after: Array("HTTP/1.1 200 OK\r\n\r\nsome".utf8)) }) { server, transport in
            var request = try server.request()
            request.timeout = .milliseconds(60)
            let error = await transport.failure(request)
            #expect(error?.kind == .timeout)
            #expect(error?.message.contains("the answer had begun") == true)
        }
    }

    @Test("A TLS handshake that does not end counts as connecting")
    func handshakeHangs() async throws {
        let server = try RawServer(readsRequests: false)
        defer { server.stop() }
        try await withTransport { transport in
            var request = HTTPRequest(.get, try HTTPURL(parsing: "https://127.0.0.1:\(server.port)/"))
            request.connectTimeout = .milliseconds(60)
            let error = await transport.failure(request)
            #expect(error?.kind == .timeout)
            #expect(error?.message.contains("no connection to https://127.0.0.1:\(server.port) within 60 ms") == true)
        }
    }

    @Test("A port that nobody listens on", arguments: ["http", "https"])
    func refused(scheme: String) async throws {
        let server = try RawServer()
        server.stop()
        try await withTransport { transport in
            let error = await transport.failure(
                HTTPRequest(.get, try HTTPURL(parsing: "\(scheme)://127.0.0.1:\(server.port)/")))
            #expect(error?.kind == .connect)
            #expect(error?.message.contains("(Connection refused)") == true)
        }
    }

    @Test("A proxy that refuses, and one that is not there")
    func proxies() async throws {
        let proxy = try RawServer { _ in .lastText("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") }
        defer { proxy.stop() }
        let request = HTTPRequest(.get, try HTTPURL(parsing: "https://upstream.test/"))
        try await withTransport({ $0.proxy = "http://user:s3cret@127.0.0.1:\(proxy.port)" }) { transport in
            let error = await transport.failure(request)
            #expect(error?.kind == .proxy, "\(error?.message ?? "")")
            #expect(error?.message.contains("403") == true)
            #expect(error?.message.contains("s3cret") == false)
        }
        #expect(proxy.requests.first?.requestLine == "CONNECT upstream.test:443 HTTP/1.1")
        let gone = try RawServer()
        gone.stop()
        for scheme in ["http", "https"] {
            let request = HTTPRequest(.get, try HTTPURL(parsing: "\(scheme)://upstream.test/"))
            try await withTransport({ $0.proxy = "http://user:s3cret@127.0.0.1:\(gone.port)" }) { transport in
                let error = await transport.failure(request)
                #expect(error?.kind == .proxy)
                #expect(
                    error?.message == "no connection to the proxy 127.0.0.1:\(gone.port) (Connection refused); "
                        + "check its address, or set none with --proxy \"\"")
            }
        }
    }

    @Test(
        "A header that frames the message is refused before anything is sent",
        arguments: ["content-length", "Transfer-Encoding", "Connection", "Expect", "Trailer", "Upgrade"])
    func framing(name: String) async throws {
        try await withServer { server, transport in
            let error = await transport.failure(try server.request(headers: [HeaderField(name, "0")]))
            #expect(error?.kind == .invalidRequest)
            #expect(error?.message.contains("'\(name)' frames the message") == true)
            #expect(server.connections == 0)
        }
    }

    @Test("Header fields that libcurl adds are left out where the request says so, and are back in the next one")
    func withoutHeaders() async throws {
        try await withServer { server, transport async throws in
            var request = try server.request()
            request.withoutHeaders = ["Accept", "user-agent", "Accept-Encoding"]
            _ = try await transport.send(request, pool: pool)
            _ = try await transport.send(try server.request(), pool: pool)
            let names = server.requests.map { $0.lines.compactMap { $0.split(separator: ":").first.map(String.init) } }
            #expect(names == [["Host"], ["Host", "User-Agent", "Accept", "Accept-Encoding"]])
        }
    }

    @Test("A connection that the server closed in between is opened anew without an error")
    func staleConnection() async throws {
        try await withServer({ _ in .lastText("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }) {
            server, transport async throws in
            for _ in 1...5 { #expect(try await transport.send(server.request(), pool: pool).status == 200) }
            #expect(server.connections == 5)
        }
    }

    @Test("A handle serves again after a failure")
    func recovers() async throws {
        try await withServer({ $0.requestLine.contains("bad") ? .close : .answer() }) {
            server, transport async throws in
            for _ in 1...3 {
                #expect(await transport.failure(try server.request(.get, "/bad"))?.kind == .receive)
                #expect(try await transport.send(server.request(.get, "/good"), pool: pool).status == 200)
            }
        }
    }
}
