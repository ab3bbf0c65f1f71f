import HTTP
import Testing

@testable import CurlTransport

@Suite("Header lines")
struct ResponseHeadTests {
    private func head(_ lines: String...) -> ResponseHead {
        var head = ResponseHead()
        for line in lines {
            #expect(Array((line + "\r\n").utf8).withUnsafeBytes { head.take($0) })
        }
        return head
    }

    @Test("A proxy's answer to CONNECT and a first answer of 401 leave nothing behind")
    func earlierHops() {
        let head = head(
            "HTTP/1.1 200 Connection established", "Proxy-Agent: x", "", "HTTP/1.1 401 Unauthorized", "X-First: 1",
            "Content-Length: 7", "", "HTTP/2 200 ", "content-type: a/b", "")
        #expect(head.fields.map(\.name) == ["content-type"])
        #expect(head.contentLength == nil)
    }

    @Test("Trailers are left out, also those that look like a status line behind a body")
    func trailers() {
        var head = head("HTTP/1.1 200 OK", "X-A: 1", "")
        head.close()
        #expect(Array("X-Late: 1\r\n".utf8).withUnsafeBytes { head.take($0) })
        #expect(head.fields.map(\.name) == ["X-A"])
    }

    @Test("Nothing before a status line counts, and a folded first line has nothing to continue")
    func strayLines() {
        #expect(head("X-A: 1", " folded").fields.isEmpty)
        #expect(head("HTTP/1.1 200 OK", " folded", "X-A: 1").fields.map(\.value) == ["1"])
    }

    @Test(
        "The announced length is read where it is a number",
        arguments: [("5", 5), ("x", nil), ("99999999999999999999", nil), ("-1", -1)])
    func length(value: String, expected: Int?) {
        #expect(head("HTTP/1.1 200 OK", "content-length:\t\(value) ").contentLength == expected)
    }

    @Test("The section is bounded")
    func bounded() {
        var head = ResponseHead()
        let line = [UInt8](repeating: 0x61, count: ResponseHead.maximumSize / 2)
        #expect(line.withUnsafeBytes { head.take($0) })
        #expect(line.withUnsafeBytes { head.take($0) })
        #expect(!line.withUnsafeBytes { head.take($0) })
    }
}

@Suite("Body bytes")
struct BodySinkTests {
    @Test("Where bytes are only counted no more than the beginning is kept, and a wrong length reserves nothing odd")
    func counts() {
        var counting = BodySink(limit: 100, use: .count)
        var keeping = BodySink(limit: .max, use: .keep)
        let chunk = [UInt8](repeating: 1, count: 1500)
        #expect(chunk.withUnsafeBytes { counting.take($0, announced: .max) })
        #expect(chunk.withUnsafeBytes { counting.take($0, announced: -1) })
        #expect(chunk.withUnsafeBytes { counting.take($0, announced: nil) })
        #expect(!counting.isOverfull)
        #expect(counting.count == 4500)
        #expect(counting.bytes.count == BodyUse.head)
        #expect(counting.bytes.capacity < 2 * BodyUse.head)
        #expect(chunk.withUnsafeBytes { keeping.take($0, announced: .max) })
        #expect(keeping.bytes == chunk)
    }
}
