import Secrets
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Report files")
struct ReportFileTests {
    private static func seam() -> OutputSeam {
        let redactor = Redactor()
        redactor.register("s3cr3t-t0ken", label: "t")
        return OutputSeam(redactor: redactor)
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
    }

    @Test("A file appears under its name when it is closed, redacted, with the folders above it")
    func closes() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("a/b/report.json")
        let file = try Self.seam().file(path)
        try file.write("token: s3cr3t-t0ken\n")
        try file.writeRedacted(Array("more\n".utf8))
        #expect(throws: (any Error).self) { try TemporaryFolder.read(path) }
        try file.close()
        #expect(try Self.text(path) == "token: «secret:t»\nmore\n")
        #expect(try folder.names("a/b") == ["report.json"])
    }

    @Test("A file of megabytes arrives whole")
    func large() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try Self.seam().file(folder.file("report.txt"))
        for number in 0..<20_000 { try file.write("line \(number) s3cr3t-t0ken of a long report\n") }
        try file.close()
        let text = try Self.text(folder.file("report.txt"))
        #expect(text.hasPrefix("line 0 «secret:t» of a long report\n"))
        #expect(text.hasSuffix("line 19999 «secret:t» of a long report\n"))
        #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 20_000)
        #expect(!text.contains("s3cr3t"))
    }

    @Test("What is discarded or forgotten leaves nothing, and an older file as it was")
    func discards() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = try folder.write("report.txt", "old")
        do {
            let file = try Self.seam().file(path)
            try file.write("new")
            file.discard()
            file.discard()
            let forgotten = try Self.seam().file(path)
            try forgotten.write("new")
        }
        #expect(try Self.text(path) == "old")
        #expect(try folder.names("") == ["report.txt"])
        let file = try Self.seam().file(path)
        try file.write("new")
        try file.close()
        #expect(try Self.text(path) == "new")
    }

    @Test("A place that cannot be written gives a sentence with the path and the reason")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("file", "x")
        try folder.makeFolder("taken")
        #expect(
            try Self.message(folder.file("file/report.txt"))
                == "cannot write \(folder.file("file/report.txt")): Not a directory")
        #expect(
            try Self.message(folder.file("file/sub/report.txt"))
                == "cannot make the folder \(folder.file("file/sub")): Not a directory")
        #expect(try folder.names("") == ["file", "taken"])
    }

    @Test("A folder or no name at all is a misuse, and said before anything is written")
    func misuse() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.makeFolder("taken")
        for (path, reason) in [
            (folder.file("taken"), "it is a folder"), (folder.file("new/"), "it names a folder"),
            ("", "needs the name of a file"),
        ] {
            let error = try #require(throws: OutputError.self) { _ = try Self.seam().file(path) }
            #expect(error.isMisuse && error.description.contains(reason))
        }
        #expect(try folder.names("") == ["taken"])
    }

    @Test("A link stays, its target is written, also one that is still to be made")
    func links() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.makeFolder("real")
        symlink("real/report.txt", folder.file("first"))
        symlink("first", folder.file("second"))
        for text in ["one", "two"] {
            let file = try Self.seam().file(folder.file("second"))
            try file.write(text)
            try file.close()
            #expect(try Self.text(folder.file("real/report.txt")) == text)
        }
        #expect(try folder.names("") == ["first", "real", "second"])
        let file = try OutputSeam(redactor: Redactor()).file(folder.file("second"), followsLinks: false)
        try file.write("three")
        try file.close()
        #expect(try Self.text(folder.file("second")) == "three")
        #expect(try Self.text(folder.file("real/report.txt")) == "two")
    }

    @Test("A link in the place of the unfinished file leads nowhere")
    func plantedLink() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let victim = try folder.write("victim", "precious")
        symlink(victim, folder.file("report.txt.\(getpid()).part"))
        let file = try Self.seam().file(folder.file("report.txt"))
        try file.write("new")
        try file.close()
        #expect(try Self.text(victim) == "precious")
        #expect(try Self.text(folder.file("report.txt")) == "new")
    }

    @Test("A pipe is written to as it is, and one that nobody reads is an error, not a wait")
    func pipes() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let error = try #require(throws: OutputError.self) { _ = try Self.seam().file(path) }
        #expect(error.description.hasSuffix("nobody reads it; start its reader first"))
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        for path in [path, "/dev/fd/\(open(path, O_WRONLY))"] {
            let file = try Self.seam().file(path)
            try file.write("s3cr3t-t0ken\n")
            try file.close()
            var buffer = [UInt8](repeating: 0, count: 100)
            #expect(read(reader, &buffer, 100) == 13)
            #expect(String(decoding: buffer.prefix(13), as: UTF8.self) == "«secret:t»\n")
        }
        #expect(try folder.names("") == ["pipe"])
    }

    private static func message(_ path: String) throws -> String {
        let error = try #require(throws: OutputError.self) {
            let file = try seam().file(path)
            try file.write("x")
            try file.close()
        }
        #expect(!error.isBrokenPipe)
        return error.description
    }
}

extension TemporaryFolder {
    /// The names in a folder, sorted.
    fileprivate func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(folder)).sorted()
    }
}

@Suite("The gate of JSON reports")
struct JSONGateTests {
    private static let members = #"{"sandbox": true, "list": ["a"], "number": 12345678, "t\"x": "a\"b"}"#

    private static func close(_ text: String, _ secret: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let redactor = Redactor()
        let file = try OutputSeam(redactor: redactor).file(folder.file("r.json"), .json)
        try file.writeRedacted(Array(text.utf8))
        redactor.register(secret, label: "s")
        try file.close()
    }

    @Test("lets a report pass whose members are named like a secret", arguments: ["sandbox", "number"])
    func names(_ secret: String) throws {
        try Self.close(Self.members, secret)
    }

    @Test(
        "holds back one that has a secret for a value, wherever the borders of what is read lie",
        arguments: [0, 1, 2, 65_520, 65_528, 65_530, 65_534, 65_535, 65_536])
    func values(_ padding: Int) throws {
        let text = #"{"p": ""# + String(repeating: "p", count: padding) + #"", "v": "s3cr3t-value", "n": 12345678}"#
        #expect(throws: ReportWithheld.self) { try Self.close(text, "s3cr3t-value") }
        #expect(throws: ReportWithheld.self) { try Self.close(text, "12345678") }
        try Self.close(text, "another-value")
    }

    @Test("knows the end of a text with escapes", arguments: [#"a\\"#, #"a\""#, #"\\\""#])
    func escapes(_ text: String) throws {
        let report = #"{"first": "\#(text)", "sandbox": "s3cr3t-value"}"#
        try Self.close(report, "sandbox")
        #expect(throws: ReportWithheld.self) { try Self.close(report, "s3cr3t-value") }
    }
}
