import TestSupport
import Testing

/// The contract of a service with revocation and introspection, through the program.
@Suite("The contract of revocation and introspection", .timeLimit(.minutes(2)))
struct EndpointContractTests {
    private static let tried = (1...10).flatMap { number in
        ["REV", "INT"].map { "\($0)-\(number < 10 ? "0" : "")\(number)" }
    }

    private func verdicts(
        of server: EndpointServer, _ options: [String]
    ) async throws -> ServerVerdicts {
        let project = try server.project()
        defer { project.folder.remove() }
        return try await ServerVerdicts(project, ["--allow-class", "4"] + options)
    }

    @Test("a server in good order has no finding, and no token of the run is given back")
    func clean() async throws {
        let server = try EndpointServer()
        defer { server.server.stop() }
        let verdicts = try await verdicts(of: server, [])
        #expect(verdicts.findings == [:], "\(verdicts.text)")
        #expect(verdicts.exitCode == 0, "\(verdicts.text)")
        let kept = verdicts.names(.kept).intersection(Self.tried)
        // Of a service without refresh tokens and a second client, which is never busy.
        #expect(Set(Self.tried).subtracting(kept) == ["REV-08", "REV-09", "REV-10"], "\(verdicts.text)")
        #expect(server.revoked.count == 3)
        // RES-27 shows the API a token that was got and revoked for that.
        #expect(server.deadTokensShown == 1)
    }

    private static let defects: [(EndpointServer.Defect, [String: ServerVerdicts.Verdict])] = [
        (.unknownTokenIsAnError, ["REV-03": .deviation]), (.hintCounts, ["REV-06": .deviation, "REV-07": .warning]),
        (.anybodyAsks, ["INT-02": .hole]),
        // The rule about kinds of tokens that cannot be revoked sees a token that lives on too, and so do those about hints.
        (.revokedIsActive, ["INT-08": .hole, "REV-06": .deviation, "REV-07": .warning, "REV-09": .warning]),
        (.deadTokensAreDescribed, ["INT-04": .warning]),
    ]

    @Test("a defect is found, and nothing else", arguments: 0..<defects.count)
    func defect(_ index: Int) async throws {
        let (defect, expected) = Self.defects[index]
        let server = try EndpointServer([defect])
        defer { server.server.stop() }
        let verdicts = try await verdicts(of: server, [])
        #expect(verdicts.findings == expected, "\(verdicts.text)")
        let fails = expected.values.contains { $0 != .warning }
        #expect(verdicts.exitCode == (fails ? 1 : 0))
    }

    @Test("by default no token is given back")
    func harmless() async throws {
        let server = try EndpointServer()
        defer { server.server.stop() }
        let project = try server.project()
        defer { project.folder.remove() }
        let result = try await project.run(["contract", "--no-cache", "-v", "--rule", "REV-02", "--rule", "REV-03"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        #expect(server.revoked.isEmpty)
        #expect(server.server.requests.contains { $0.requestLine.hasPrefix("POST /revoke ") })
    }
}
