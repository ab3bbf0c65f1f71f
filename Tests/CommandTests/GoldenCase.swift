import FoundationEssentials
import TestSupport

/// A folder with a small project, the arguments in `command`, and the expected `stdout`, `stderr` and `status`.
struct GoldenCase: Sendable, CustomStringConvertible {
    let path: String

    var description: String { path.split(separator: "/").suffix(2).joined(separator: "/") }

    static let root = "\(#filePath)".replacing("GoldenCase.swift", with: "Fixtures")

    /// All folders below `Fixtures/<suite>` that hold a `command`.
    static func all(in suite: String) -> [GoldenCase] {
        let folder = root + "/" + suite
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { GoldenCase(path: folder + "/" + $0) }
            .filter { FileManager.default.fileExists(atPath: $0.path + "/command") }
    }

    var arguments: [String] {
        get throws { try Self.words(text("command") ?? "") }
    }

    /// What was expected; a missing file means nothing (and status 0).
    func expected() throws -> (output: String, errors: String, status: String) {
        (try text("stdout") ?? "", try text("stderr") ?? "", try text("status") ?? "0\n")
    }

    func text(_ name: String) throws -> String? {
        let file = path + "/" + name
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        return String(decoding: try TemporaryFolder.read(file), as: UTF8.self)
    }

    /// Writes what came; an empty file is left out.
    func record(_ result: ChildProcess.Result) throws {
        try write("stdout", result.outputText)
        try write("stderr", result.errorText)
        try write("status", result.status == 0 ? "" : "\(result.status.map(String.init) ?? "none")\n")
    }

    private func write(_ name: String, _ text: String) throws {
        let file = path + "/" + name
        if text.isEmpty {
            try? FileManager.default.removeItem(atPath: file)
        } else {
            try Data(text.utf8).write(to: URL(filePath: file))
        }
    }

    /// Splits at blanks; words may stand in single quotes.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in text {
            if character == "'" {
                isQuoted.toggle()
                word = word ?? ""
            } else if character.isWhitespace, !isQuoted {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}

/// Compares line by line; `~` in an expected line stands for anything, so that times and ports may vary.
enum GoldenText {
    /// The first line that differs, nil where none does.
    static func difference(_ actual: String, _ expected: String) -> String? {
        let came = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
        for index in 0..<max(came.count, wanted.count) {
            let line = index < came.count ? came[index] : "(nothing)"
            let pattern = index < wanted.count ? wanted[index] : "(nothing)"
            if !matches(line, pattern) { return "line \(index + 1)\n  expected: \(pattern)\n  came:     \(line)" }
        }
        return nil
    }

    static func matches(_ line: Substring, _ pattern: Substring) -> Bool {
        let parts = pattern.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return line == pattern }
        guard line.hasPrefix(first) else { return false }
        var rest = line.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
