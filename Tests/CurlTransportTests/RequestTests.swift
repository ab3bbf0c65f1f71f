import CurlTransport
import HTTP
import TestSupport
import Testing

@Suite("What is sent")
struct RequestTests {
    @Test(
        "Methods arrive as they are, with a length where a body is usual",
        arguments: [
            ("GET", nil), ("HEAD", nil), ("OPTIONS", nil), ("DELETE", nil), ("PURGE", nil),
            ("POST", "0"), ("PUT", "0"), ("PATCH", "0"),
        ])
    func methods(name: String, length: String?) async throws {
        let method = try #require(HTTPMethod(rawValue: name))
        try await withServer { server, transport in
            #expect(try await transport.send(server.request(method, "/a?b=c"), pool: pool).status == 200)
            let sent = try #require(server.requests.first)
            #expect(sent.requestLine == "\(name) /a?b=c HTTP/1.1")
            #expect(sent.values("Content-Length") == (length.map { [$0] } ?? []))
            #expect(sent.values("Content-Type").isEmpty)
            #expect(sent.values("Host") == ["127.0.0.1:\(server.port)"])
        }
    }

    @Test(
        "A body goes with any method but HEAD, byte for byte and with no type of its own",
        arguments: ["POST", "PUT", "GET", "DELETE"])
    func bodies(name: String) async throws {
        let method = try #require(HTTPMethod(rawValue: name))
        let body = (0..<1000).map { UInt8($0 % 256) }
        try await withServer { server, transport in
            _ = try await transport.send(server.request(method, body: .bytes(body)), pool: pool)
            let sent = try #require(server.requests.first)
            #expect(sent.requestLine == "\(name) / HTTP/1.1")
            #expect(sent.body == body)
            #expect(sent.values("Content-Type").isEmpty)
            #expect(sent.values("Expect").isEmpty)
        }
    }

    @Test("A HEAD request with a body is refused, since libcurl would wait for an answer that has none")
    func headWithBody() async throws {
        try await withServer { server, transport in
            let error = await transport.failure(try server.request(.head, body: .bytes([1])))
            #expect(error?.kind == .invalidRequest)
            #expect(server.connections == 0)
        }
    }

    @Test("Header fields keep order, case and repetition; an empty value is sent empty")
    func headers() async throws {
        let headers: HeaderFields = [
            HeaderField("X-Two", "2"), HeaderField("x-one", "a: b; c"), HeaderField("X-Two", "again"),
            HeaderField("X-Empty", ""), HeaderField("X-Blank", "  "), HeaderField("X-Umlaut", "ü"),
        ]
        try await withServer { server, transport in
            _ = try await transport.send(server.request(headers: headers), pool: pool)
            let lines = try #require(server.requests.first).lines.filter { $0.lowercased().hasPrefix("x-") }
            #expect(lines == ["X-Two: 2", "x-one: a: b; c", "X-Two: again", "X-Empty:", "X-Blank:", "X-Umlaut: ü"])
        }
    }

    @Test("A handle that is used again carries nothing over from the request before")
    func noLeftovers() async throws {
        try await withServer { server, transport in
            let secret: HeaderFields = [HeaderField("Authorization", "secret"), HeaderField("Content-Type", "text/x")]
            var first = try server.request(.put, headers: secret, body: .bytes([1, 2]))
            first.decompress = true
            var second = try server.request()
            second.decompress = false
            for request in [first, second, try server.request(.head), try server.request(.post), second, first] {
                #expect(try await transport.send(request, pool: pool).status == 200)
            }
            let sent = server.requests
            #expect(sent.map(\.requestLine.first) == ["P", "G", "H", "P", "G", "P"])
            #expect(sent.map { $0.values("Authorization").count } == [1, 0, 0, 0, 0, 1])
            #expect(sent.map { $0.values("Content-Type") } == [["text/x"], [], [], [], [], ["text/x"]])
            #expect(sent.map { $0.values("Content-Length") } == [["2"], [], [], ["0"], [], ["2"]])
            #expect(sent.map { $0.values("Accept-Encoding").count } == [1, 0, 1, 1, 0, 1])
            #expect(server.connections == 1)
        }
    }

    @Test("What the request says goes before what libcurl would add")
    func overrides() async throws {
        let headers: HeaderFields = [
            HeaderField("Host", "virtual.test"), HeaderField("User-Agent", "mine"), HeaderField("Accept", "text/plain"),
            HeaderField("Content-Type", "a/b"), HeaderField("Accept-Encoding", "identity"),
        ]
        try await withServer { server, transport in
            _ = try await transport.send(server.request(.post, headers: headers, body: .bytes([1])), pool: pool)
            let sent = try #require(server.requests.first)
            for field in headers { #expect(sent.values(field.name) == [field.value]) }
        }
    }

    @Test("The user agent is the run's")
    func userAgent() async throws {
        try await withServer({ _ in .answer() }, { $0.userAgent = "usher/9" }) { server, transport in
            _ = try await transport.send(server.request(), pool: pool)
            #expect(server.requests.first?.values("User-Agent") == ["usher/9"])
        }
    }

    @Test("A body of 1 MB is sent at once, without asking for a 100")
    func largeBody() async throws {
        let body = [UInt8](repeating: 7, count: (1 << 20) + 1)
        try await withServer { server, transport in
            _ = try await transport.send(server.request(.post, body: .bytes(body)), pool: pool)
            let sent = try #require(server.requests.first)
            #expect(sent.values("Expect").isEmpty)
            #expect(sent.body == body)
        }
    }

    @Test("A path is sent as written, dots and all")
    func pathAsIs() async throws {
        try await withServer { server, transport in
            _ = try await transport.send(server.request(.get, "/a/../b/./c//d?x='y'"), pool: pool)
            #expect(server.requests.first?.requestLine == "GET /a/../b/./c//d?x='y' HTTP/1.1")
        }
    }

    @Test(
        "Line breaks and NUL are refused before anything is sent, and the value is not shown",
        arguments: ["\r", "\n", "\0", "\r\nX: 1"])
    func forgedHeaders(bad: String) async throws {
        try await withServer { server, transport in
            let value = await transport.failure(try server.request(headers: [HeaderField("X-A", "secret" + bad)]))
            let name = await transport.failure(try server.request(headers: [HeaderField("X-A" + bad, "secret")]))
            for error in [value, name] {
                #expect(error?.kind == .invalidRequest)
                #expect(error?.message.contains("secret") == false)
                #expect(error?.message.contains { $0.isNewline } == false)
            }
            var url = try server.request()
            url.url.path = "/a" + bad
            #expect(await transport.failure(url)?.kind == .invalidRequest)
            url.url.path = "/"
            url.url.query = "a=" + bad
            #expect(await transport.failure(url)?.kind == .invalidRequest)
            #expect(server.connections == 0)
        }
    }

    @Test(
        "A host made by hand cannot hide another one",
        arguments: ["good.test@127.0.0.1", "127.0.0.1/", "127.0.0.1#", "a%40b"])
    func hosts(host: String) async throws {
        try await withServer { server, transport in
            let url = HTTPURL(scheme: "http", host: host, port: server.port, path: "/", query: nil)
            #expect(await transport.failure(HTTPRequest(.get, url))?.kind == .invalidRequest)
            var path = try server.request()
            path.url.path = "@evil.test/"
            #expect(await transport.failure(path)?.kind == .invalidRequest)
            #expect(server.connections == 0)
        }
    }

    @Test("A proxy is used where one is given, by the run or by the pool")
    func proxy() async throws {
        let proxy = try RawServer { _ in .answer(299) }
        defer { proxy.stop() }
        let address = "http://127.0.0.1:\(proxy.port)"
        let request = HTTPRequest(.get, try HTTPURL(parsing: "http://upstream.test/a"))
        try await withTransport({ $0.proxy = address }) { transport async throws in
            #expect(try await transport.send(request, pool: pool).status == 299)
        }
        try await withTransport { transport async throws in
            #expect(try await transport.send(request, pool: PoolKey(identity: "b", proxy: address)).status == 299)
        }
        #expect(proxy.requests.map(\.requestLine) == Array(repeating: "GET http://upstream.test/a HTTP/1.1", count: 2))
    }

    @Test("Hosts are resolved and led elsewhere as the options say")
    func connectTo() async throws {
        try await withServer({ _ in .answer() }, { _ in }) { server, _ in
            let request = HTTPRequest(.get, try HTTPURL(parsing: "http://api.test/x"))
            try await withTransport({ $0.connectTo = ["api.test:80:127.0.0.1:\(server.port)"] }) {
                transport async throws in
                #expect(try await transport.send(request, pool: pool).status == 200)
            }
            let other = HTTPRequest(.get, try HTTPURL(parsing: "http://other.test:\(server.port)/x"))
            try await withTransport({ $0.resolve = ["other.test:\(server.port):127.0.0.1"] }) {
                transport async throws in
                #expect(try await transport.send(other, pool: pool).status == 200)
            }
            #expect(server.requests.map { $0.values("Host") } == [["api.test"], ["other.test:\(server.port)"]])
        }
    }
}
