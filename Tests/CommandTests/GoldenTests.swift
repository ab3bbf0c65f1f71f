import FoundationEssentials
import TestSupport
import Testing

/// Every folder below Fixtures/golden and Fixtures/wrong: what a user types, and what is printed.
@Suite("Golden folders")
struct GoldenTests {
    @Test("prints what it printed before", arguments: GoldenCase.all(in: "golden"))
    func golden(_ golden: GoldenCase) async throws { try await check(golden) }

    @Test("explains what is wrong and where", arguments: GoldenCase.all(in: "wrong"))
    func wrong(_ golden: GoldenCase) async throws {
        try await check(golden)
        #expect(try golden.expected().status == "2\n", "a wrong file or option ends with exit code 2")
        #expect(try golden.expected().errors.isEmpty == false)
    }

    @Test("there are at least 60 wrong files, each in a folder of its own")
    func enough() {
        #expect(GoldenCase.all(in: "wrong").count >= 60)
    }

    private func check(_ golden: GoldenCase) async throws {
        let result = try await ChildProcess.run(
            try BuiltProducts.path("usher"), try golden.arguments,
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"], directory: golden.path,
            input: Array((try golden.text("stdin") ?? "").utf8))
        if ProcessInfo.processInfo.environment["USHER_RECORD"] != nil {
            try golden.record(result)
            Issue.record("recorded \(golden); run again without USHER_RECORD")
            return
        }
        let expected = try golden.expected()
        let outputDifference = GoldenText.difference(result.outputText, expected.output)
        #expect(outputDifference == nil, "standard output, \(outputDifference ?? "")")
        let errorDifference = GoldenText.difference(result.errorText, expected.errors)
        #expect(errorDifference == nil, "standard error, \(errorDifference ?? "")")
        #expect("\(result.status ?? -1)\n" == expected.status)
    }

    @Test(
        "a tilde in an expected line stands for anything",
        arguments: [
            ("12 passed in 1.2 s", "12 passed in ~", true), ("a b c", "a ~ c", true), ("a b c", "a ~ d", false),
            ("", "", true), ("x", "", false), ("abc", "~", true), ("a1b2c", "a~b~c", true), ("ab", "ab~b", false),
        ])
    func tilde(_ line: String, _ pattern: String, _ isMatch: Bool) {
        #expect(GoldenText.matches(line[...], pattern[...]) == isMatch)
    }
}
