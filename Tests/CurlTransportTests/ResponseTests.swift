import CurlTransport
import HTTP
import TestSupport
import Testing

@Suite("What comes back")
struct ResponseTests {
    /// "hello hello hello".
    private let zipped: [UInt8] = [
        0x1f, 0x8b, 0x8, 0x0, 0x0, 0x0, 0x0, 0x0, 0x2, 0x3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8, 0x40, 0x90, 0x0,
        0x80, 0x88, 0xf9, 0xe5, 0x11, 0x0, 0x0, 0x0,
    ]

    private func response(
        _ reply: RawReply, _ change: (inout HTTPRequest) -> Void = { _ in }
    ) async throws -> HTTPResponse {
        try await withServer({ _ in reply }) { server, transport in
            var request = try server.request()
            change(&request)
            return try await transport.send(request, pool: pool)
        }
    }

    @Test("Status, version, fields in order, body, address and connections")
    func everything() async throws {
        try await withServer({ _ in .answer(418, ["X-B: 1", "x-a:  2 ", "X-B: 3", "X-Empty:"], "tea") }) {
            server, transport in
            let response = try await transport.send(server.request(), pool: pool)
            #expect(response.status == 418)
            #expect(response.version == "1.1")
            #expect(
                response.headers.map { "\($0.name)=\($0.value)" } == [
                    "Content-Length=3", "X-B=1", "x-a=2", "X-B=3", "X-Empty=",
                ])
            #expect(response.body == Array("tea".utf8))
            #expect(response.bodySize == 3)
            #expect(response.remoteAddress == "127.0.0.1:\(server.port)")
            #expect(response.connectionsOpened == 1)
            #expect(response.timings.total >= response.timings.firstByte)
            #expect(response.timings.firstByte > .zero)
            #expect(response.timings.tls == .zero)
        }
    }

    @Test("HTTP/1.0 with the end of the connection as the end of the body")
    func oldVersion() async throws {
        let response = try await response(.lastText("HTTP/1.0 200 OK\r\n\r\nuntil the end"))
        #expect(response.version == "1.0")
        #expect(response.body == Array("until the end".utf8))
    }

    @Test("Chunks are put together; trailers stay outside the header fields")
    func chunked() async throws {
        let text =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Late\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-Late: 1\r\n\r\n"
        let response = try await response(.text(text))
        #expect(response.body == Array("hello world".utf8))
        #expect(response.headers.map(\.name) == ["Transfer-Encoding", "Trailer"])
    }

    @Test("Byte by byte gives the same answer")
    func dripped() async throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello"
        let response = try await response(.drip(Array(text.utf8), every: .milliseconds(1)))
        #expect(response.body == Array("hello".utf8))
        #expect(response.headers["X-A"] == "b")
    }

    @Test("A gzip body is decoded where that is asked for", arguments: [true, false])
    func compression(decompress: Bool) async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(zipped.count)\r\n\r\n"
        let response = try await response(.bytes(Array(head.utf8) + zipped)) { $0.decompress = decompress }
        #expect(response.body == (decompress ? Array("hello hello hello".utf8) : zipped))
        #expect(response.headers["Content-Encoding"] == "gzip")
    }

    @Test("What a 1xx answer says is no part of the answer")
    func informational() async throws {
        let text =
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-Final: 1\r\nContent-Length: 0\r\n\r\n"
        let response = try await response(.text(text))
        #expect(response.status == 200)
        #expect(response.headers.map(\.name) == ["X-Final", "Content-Length"])
    }

    @Test("Values in UTF-8 and Latin-1 are read, and folded lines are joined")
    func oddHeaders() async throws {
        var bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-U: ü\r\nX-L: caf".utf8)
        bytes += [0xE9]
        bytes += Array("\r\nX-F: one\r\n \t two\r\nX-Z:z\r\n\r\n".utf8)
        let response = try await response(.bytes(bytes))
        #expect(response.headers["X-U"] == "ü")
        #expect(response.headers["X-L"] == "café")
        #expect(response.headers["X-F"] == "one two")
        #expect(response.headers["X-Z"] == "z")
    }

    @Test(
        "A body at the limit is taken, one above it ends the transfer, and one that is only counted has no limit",
        arguments: [(9, false), (10, true), (1000, true)], [true, false])
    func limit(limit: (Int, Bool), announced: Bool) async throws {
        let length = announced ? "Content-Length: 10\r\n" : ""
        let text = "HTTP/1.1 200 OK\r\n\(length)\r\n0123456789"
        for use in [BodyUse.keep, .count] {
            try await withServer({ _ in .lastText(text) }) { server, transport in
                var request = try server.request()
                request.maxBody = limit.0
                request.bodyUse = use
                guard limit.1 || use == .count else {
                    let error = await transport.failure(request)
                    #expect(error?.kind == .bodyTooLarge)
                    #expect(error?.message.contains("larger than 9 bytes") == true)
                    return
                }
                let response = try await transport.send(request, pool: pool)
                #expect(response.bodySize == 10)
                #expect(response.body.count == 10)
            }
        }
    }

    @Test("A compressed body that grows beyond the limit is stopped at it")
    func zipBomb() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(zipped.count)\r\n\r\n"
        try await withServer({ _ in .bytes(Array(head.utf8) + zipped) }) { server, transport in
            var request = try server.request()
            request.maxBody = 16
            #expect(await transport.failure(request)?.kind == .bodyTooLarge)
        }
    }

    @Test("An announced length that is a lie reserves nothing and ends as an answer cut short")
    func lyingLength() async throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 4611686018427387904\r\n\r\nfew"
        try await withServer({ _ in .lastText(text) }) { server, transport async throws in
            #expect(await transport.failure(try server.request())?.kind == .receive)
        }
    }

    @Test("A header section without end is stopped")
    func endlessHeaders() async throws {
        let text =
            "HTTP/1.1 200 OK\r\n"
            + String(repeating: "X-Padding: \(String(repeating: "x", count: 1000))\r\n", count: 1100)
        try await withServer({ _ in .lastText(text) }) { server, transport async throws in
            #expect(await transport.failure(try server.request())?.kind == .receive)
        }
    }

    @Test("The answer to HEAD has no body, whatever its length says")
    func head() async throws {
        try await withServer({ _ in .text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n") }) { server, transport in
            for _ in 1...2 {
                let response = try await transport.send(server.request(.head), pool: pool)
                #expect(response.bodySize == 0)
                #expect(response.headers["Content-Length"] == "10")
            }
            #expect(server.connections == 1)
        }
    }

    @Test("Answers above the buffer of one read arrive whole")
    func large() async throws {
        let body = String(repeating: "0123456789", count: 300_000)
        let response = try await response(.answer(200, [], body))
        #expect(response.body == Array(body.utf8))
    }
}
