import FoundationEssentials
import TestSupport
import Testing

/// Compares with a file of Fixtures/contract; `USHER_RECORD=1` writes it. Escapes stand as `␛`, carriage returns as `⏎`.
func expectGolden(_ name: String, _ text: String, file: String = #filePath) throws {
    let path = file.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/Fixtures/contract/\(name)"
    let shown = text.replacing("\u{1B}", with: "␛").replacing("\r", with: "⏎")
    if ProcessInfo.processInfo.environment["USHER_RECORD"] != nil {
        try Data(shown.utf8).write(to: URL(filePath: path))
        Issue.record("recorded \(name); run again without USHER_RECORD")
    } else {
        let expected = String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
        #expect(shown == expected)
    }
}
