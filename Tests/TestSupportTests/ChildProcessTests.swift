import TestSupport
import Testing

@Suite("Child processes", .timeLimit(.minutes(1)))
struct ChildProcessTests {
    @Test("Output, errors, status, environment, folder and input")
    func everything() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let result = try await ChildProcess.run(
            "/bin/sh", ["-c", "echo $WORD; pwd; cat; echo bad >&2; exit 7"], environment: ["WORD": "hi"],
            directory: folder.path, input: Array("fed".utf8))
        #expect(result.outputText == "hi\n\(folder.path)\nfed")
        #expect(result.errorText == "bad\n")
        #expect(result.status == 7)
    }

    @Test("Both pipes are drained while the program runs, and much input is fed")
    func muchOutput() async throws {
        let input = [UInt8](repeating: 0x61, count: 3_000_000)
        let result = try await ChildProcess.run("/bin/sh", ["-c", "tee /dev/stderr"], input: input)
        #expect(result.output == input)
        #expect(result.errors == input)
    }

    @Test("A signal reaches it, and a deadline ends it")
    func endings() async throws {
        let signalled = try ChildProcess(
            "/bin/sh", ["-c", "trap 'exit 9' INT; echo ready; while :; do sleep 0.01; done"])
        try await eventually("ready") { signalled.soFar.outputText == "ready\n" }
        signalled.signal(2)
        #expect(await signalled.result().status == 9)
        let killed = try ChildProcess("/bin/sleep", ["60"])
        killed.signal(15)
        #expect(await killed.result().ending == .killed(signal: 15))
        let late = try await ChildProcess.run("/bin/sleep", ["60"], timeout: .milliseconds(50))
        #expect(late.ending == .timedOut)
    }

    @Test("A program that leaves a child with its pipes does not hold up the test")
    func leftovers() async throws {
        let result = try await ChildProcess.run("/bin/sh", ["-c", "sleep 5 & echo done"])
        #expect(result.outputText == "done\n")
        #expect(result.status == 0)
    }

    @Test("A program that does not exist is an error")
    func missing() async throws {
        await #expect(throws: SystemCallError.self) { try await ChildProcess.run("/nowhere/program") }
    }
}
