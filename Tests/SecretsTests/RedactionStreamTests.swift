import TestSupport
import Testing

@testable import Secrets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Redaction of streams, reports and GitHub's log")
struct RedactionStreamTests {
    private static func redactor(_ secrets: [(String, String)] = [("s3cr3t-t0ken", "t")]) -> Redactor {
        let redactor = Redactor()
        for (text, label) in secrets { redactor.register(Secret(text, label: label)) }
        return redactor
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
    }

    @Test("A stream fed byte by byte gives what the whole text gives")
    func bytewise() {
        let redactor = Self.redactor()
        let text = String(repeating: "s3cr3t-t0ken, czNjcjN0LXQwa2Vu; %733cr3t%2Dt0ken and nothing. ", count: 60)
        var stream = RedactionStream(redactor, block: 64, reach: 64)
        var result: [UInt8] = []
        for byte in text.utf8 { result += stream.feed([byte]) }
        result += stream.finish()
        #expect(String(decoding: result, as: UTF8.self) == redactor.redact(text))
        #expect(stream.label == "t")
    }

    @Test("Megabytes pass in bounded memory: what is certain comes out at once")
    func bounded() {
        var stream = RedactionStream(Self.redactor())
        let chunk = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
        #expect(stream.feed(chunk).count > chunk.count - 1 << 15)
        #expect(stream.finish().count < 1 << 15)
        #expect(stream.label == nil)
    }

    @Test(
        "Escapes of every kind, also of one another and where they are not needed",
        arguments: [
            "p%61ss%77ord-%31", "p\\u0061ss\\u0077ord-1", "p&#97;ss&#x77;ord-1", "p\\x61ssword\\-1",
            "p%2561ss%2577ord-1",
            "cGFzc3dvcmQtMQ%3D%3D", "70617373776f72642d31", "70617373776F72642D31", "WTBkR2VtTXpaSFpqYlZGMFRWRTlQUT09",
            "Y0dGemMzZHZjbVF0TVE9PQ==", "'password-1'",
        ])
    func escapes(form: String) {
        // The ninth is base64 three times over: its inner two are known, the outer one is not.
        let isKnown = form != "WTBkR2VtTXpaSFpqYlZGMFRWRTlQUT09"
        let redactor = Self.redactor([("password-1", "s")])
        let redacted = redactor.redact("[\(form)]").replacing("'", with: "")
        #expect((redacted == "[«secret:s»]") == isKnown)
    }

    @Test("A mask is not masked again, though a secret is a word of it; a false mask hides nothing")
    func masks() {
        let redactor = Self.redactor([("password", "zarv.password")])
        #expect(redactor.redact(redactor.redact("a password")) == "a «secret:zarv.password»")
        #expect(!redactor.finds(in: Array("«secret:zarv.password»".utf8)))
        #expect(redactor.redact("«secret:password»") == "«secret:«secret:zarv.password»»")
    }

    @Test("A long token costs kilobytes, and a part of it is masked too")
    func longToken() {
        var generator = SeededGenerator(seed: 9)
        let token = Base64.encode(generator.bytes(6000))
        let redactor = Self.redactor([(token, "t")])
        #expect(redactor.redact("<\(token)>") == "<«secret:t»>")
        #expect(redactor.redact("<\(token.prefix(1024))…") == "<«secret:t»…")
        #expect(redactor.scanner.table.count < 400)
    }

    @Test("Short secrets and common words are named once, without their value")
    func warnings() {
        let redactor = Self.redactor([
            ("1234", "a.pin"), ("1234", "a.pin"), ("Password", "b.password"), ("s3cr3t-t0ken", "c"),
        ])
        #expect(
            redactor.warnings == [
                "the secret 'a.pin' has fewer than 6 characters; it is masked only in places that are known to hold secrets, such as Authorization",
                "the secret 'b.password' is a common word; it is masked wherever that word stands in an output",
            ])
    }

    // MARK: Reports

    @Test("A secret across two writes is masked")
    func acrossWrites() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try OutputSeam(redactor: Self.redactor()).file(folder.file("a.txt"))
        try file.write("x s3cr3t")
        try file.write("-t0ken y")
        try file.writeRedacted(Array(" z".utf8))
        try file.close()
        #expect(try Self.text(folder.file("a.txt")) == "x «secret:t» y z")
    }

    @Test(
        "A report that holds a secret is withheld, whenever it became known; the error names its label",
        arguments: [false, true])
    func gate(isLate: Bool) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let redactor = Self.redactor()
        let file = try OutputSeam(redactor: redactor).file(folder.file("a.txt"))
        try file.write(String(repeating: "line\n", count: 100_000))
        if isLate {
            try file.write("l4te-t0ken\n")
            try file.writeRedacted([])
            redactor.register("l4te-t0ken", label: "late")
        } else {
            try file.writeRedacted(Array("czNjcjN0LXQwa2Vu\n".utf8))
        }
        let error = try #require(throws: ReportWithheld.self) { try file.close() }
        #expect(error.label == (isLate ? "late" : "t"))
        #expect(!"\(error)".contains("t0ken"))
        #expect(throws: (any Error).self) { try TemporaryFolder.read(folder.file("a.txt")) }
        #expect(throws: (any Error).self) { try TemporaryFolder.read(folder.file("a.txt.\(getpid()).part")) }
    }

    @Test("The gate looks at the values of XML, not at its markup")
    func markup() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let seam = OutputSeam(redactor: Self.redactor([("testcase", "a"), ("classname", "b")]))
        let file = try seam.file(folder.file("a.xml"), .xml)
        try file.writeRedacted(Array("<testcase classname=\"x\">y</testcase>\n".utf8))
        try file.close()
        for text in ["<a b=\"classname\"/>", "<a>test&#99;ase</a>"] {
            let file = try seam.file(folder.file("b.xml"), .xml)
            try file.writeRedacted(Array(text.utf8))
            #expect(throws: ReportWithheld.self) { try file.close() }
        }
    }

    // MARK: GitHub

    @Test("GitHub's runner is told every secret when it becomes known, line by line, once")
    func addMask() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let redactor = Redactor()
        OutputSeam(redactor: redactor).announceSecretsToGitHub(on: ends[1])
        for secret in ["100%-secret", "100%-secret", "short", "first-line\nsecond-line\n"] {
            redactor.register(Secret(secret, label: "s"))
        }
        close(ends[1])
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(ends[0], &bytes, bytes.count)
        #expect(
            String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
                == "::add-mask::100%25-secret\n::add-mask::first-line\n::add-mask::second-line\n")
    }
}
