import FoundationEssentials
import TestSupport
import Testing

/// Alone (`make test`): beside hundreds of other processes the clock says nothing about Usher.
@Suite(
    "The time that the contract takes", .serialized, .timeLimit(.minutes(2)),
    .enabled(if: ProcessInfo.processInfo.environment["USHER_TIMES"] == "1"))
struct ContractTimeTests {
    @Test(
        "the whole default contract of a collection with ten requests or more takes less than three seconds",
        arguments: ["zara4", "zarv", "scalar", "clazar", "clarify"])
    func time(_ collection: String) async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let requests = try project.text("collections/\(collection).json").split(separator: "\"request\":").count - 1
        #expect(requests >= 10)
        let start = ContinuousClock.now
        let result = try await project.run(["contract", "--sandbox", "-q", "collections/\(collection).json"])
        #expect(ContinuousClock.now - start < .seconds(3))
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
    }
}
