import TestSupport
import Testing

@Suite("usher run --sandbox")
struct SandboxRunTests {
    private static let schemas = [
        "jenkins-junit-10.14c6e39c.xsd", "jenkins-junit-10.ae25da50.xsd", "windyroad-JUnit.xsd",
    ]

    @Test("runs the five example collections, with a suite for each and one for the credentials")
    func examples() async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let result = try await project.run(
            ["run", "collections", "--sandbox", "--junit", "out.xml", "--junit-strict"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        let report = try project.text("out.xml")
        #expect(report.occurrences(of: "<testsuite ") == 6)
        #expect(report.occurrences(of: "<testcase ") >= 30)
        #expect(report.contains("<testsuite name=\"credentials\""))
        for schema in Self.schemas { try await validate(project.folder.file("out.xml"), schema) }
    }

    private func validate(_ report: String, _ schema: String) async throws {
        let path = "\(UsherProject.repository)/Tests/ReportsTests/Fixtures/junit-xsd/\(schema)"
        let result = try await ChildProcess.run("xmllint", ["--noout", "--schema", path, report])
        #expect(result.status == 0, "\(schema): \(result.errorText)")
    }

    @Test(
        "a promise that the sandbox is told to break fails the request that covers it, and the exit code is 1",
        arguments: [
            ("Z4-02", "account"), ("Z4-03", "usage before"), ("Z4-07", "submit for testing"),
            ("Z4-08", "test usage after"), ("Z4-10", "usage after"), ("Z4-11", "a wrong secret gets no token"),
            ("ZV-09", "refresh with the new token"), ("ZV-10", "refresh with the old token again"),
            ("ZV-11", "a made-up refresh token gets no token"), ("ZV-14", "a wrong password gets no token"),
            ("SC-04", "list assets"), ("SC-05", "list users"), ("CZ-05", "both parameters are required"),
        ])
    func defects(id: String, request: String) async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let result = try await project.run(["run", "collections", "--sandbox", "--defect", id])
        #expect(result.status == 1, "\(result.outputText)\(result.errorText)")
        #expect(result.outputText.contains(request), "\(result.outputText)")
    }

    @Test("a wrong password is one error, its dependents are skipped, and the exit code is 3")
    func wrongPassword() async throws {
        let project = try UsherProject.examples { path, text in
            path == "environments/sandbox.json"
                ? text.replacing("demo-zarv-password-acme-admin", with: "demo-zarv-password-made-up") : text
        }
        defer { project.folder.remove() }
        let result = try await project.run(["run", "collections", "--sandbox", "--junit", "out.xml"])
        #expect(result.status == 3, "\(result.outputText)")
        let report = try project.text("out.xml")
        #expect(report.occurrences(of: "<error ") == 1)
        #expect(report.occurrences(of: "<failure ") == 0)
        #expect(report.occurrences(of: "no credential of &apos;zarv&apos;") >= 10)
        #expect(!result.outputText.contains("demo-zarv-password-made-up"))
        #expect(!report.contains("demo-zarv-password-made-up"))
    }

    @Test("a changed expectation is a failure at its file, line and column, and the exit code is 1")
    func changedExpectation() async throws {
        let project = try UsherProject.examples { path, text in
            path == "collections/zarv.json"
                ? text.replacing("\"status\": 201", with: "\"status\": 202", maxReplacements: 1) : text
        }
        defer { project.folder.remove() }
        let lines = try project.text("collections/zarv.json").split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains("\"status\": 202") })
        let before = try #require(lines[line].firstRange(of: "202")).lowerBound
        let place =
            "collections/zarv.json:\(line + 1):\(lines[line].distance(from: lines[line].startIndex, to: before) + 1)"
        let result = try await project.run(["run", "collections", "--sandbox", "--junit", "out.xml"])
        #expect(result.status == 1)
        #expect(result.outputText.contains(place))
        #expect(try project.text("out.xml").contains("\(place): status: expected 202, got 201"))
    }

    @Test("one job and eight print the same, but for the times")
    func order() async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let one = try await project.run(["run", "collections", "--sandbox", "-j", "1"])
        let eight = try await project.run(["run", "collections", "--sandbox", "-j", "8"])
        #expect(one.status == 0)
        #expect(one.outputText.withoutTimes == eight.outputText.withoutTimes)
    }

    @Test("a proxy in the environment is never asked: no connection leaves the machine")
    func proxy() async throws {
        let proxy = try RawServer { _ in .answer(502) }
        defer { proxy.stop() }
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let variables = Dictionary(
            uniqueKeysWithValues: ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].map {
                ($0, "http://127.0.0.1:\(proxy.port)")
            })
        let result = try await project.run(["run", "collections", "--sandbox"], environment: variables)
        #expect(result.status == 0, "\(result.outputText)")
        #expect(proxy.connections == 0)
    }

    @Test("another host is refused in sandbox mode with a clear error, and nothing is sent")
    func otherHost() async throws {
        let server = try RawServer { _ in .answer() }
        defer { server.stop() }
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        try project.folder.write(
            "collections/other.json",
            """
            { "name": "Other", "requests": [
                { "name": "elsewhere", "request": "GET https://example.com:\(server.port)/x" } ] }
            """)
        let result = try await project.run(["run", "collections/other.json", "--sandbox"])
        #expect(result.status == 3)
        #expect(result.outputText.contains("example.com"))
        #expect(server.connections == 0)
    }
}

extension String {
    func occurrences(of part: String) -> Int { ranges(of: part).count }

    /// Without what differs from run to run: `12 ms`, `1.2 s`.
    fileprivate var withoutTimes: String {
        split(separator: "\n").map { line in
            line.split(separator: " ").filter { !["ms", "s", "<1"].contains($0) && Double($0) == nil }.joined(
                separator: " ")
        }.joined(separator: "\n")
    }
}
