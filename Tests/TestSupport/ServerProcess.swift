/// A server of somebody else's, started by a test on a free port of 127.0.0.1 in a folder of its own; ended by its own
/// number.
package final class ServerProcess: Sendable {
    package let port: Int
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// - Parameters:
    ///   - name: for the sentences of a failed test.
    ///   - program: a path, or a name that is looked for in `PATH`.
    ///   - arguments: for a port and a folder, into which it may write what it needs.
    /// - Throws: a sentence where the program is missing or does not listen.
    package init(
        _ name: String, _ program: String, environment: [String: String]? = nil,
        _ arguments: (_ port: Int, _ folder: TemporaryFolder) throws -> [String]
    ) async throws {
        folder = try TemporaryFolder()
        port = try SystemCalls.freePort()
        let given = try arguments(port, folder)
        do {
            process = try ChildProcess(
                program, given, environment: environment, directory: folder.path, timeout: .seconds(600))
        } catch {
            folder.remove()
            throw NeverHappened(
                description: "\(name) is needed for this test and is not installed; run `make setup-test`")
        }
        try await waitUntilItListens(name)
    }

    package var url: String { "http://127.0.0.1:\(port)" }

    package func stop() async {
        process.signal(15)
        _ = await process.result()
        folder.remove()
    }

    private func waitUntilItListens(_ name: String) async throws {
        let (process, port) = (process, port)
        do {
            try await eventually(name) { SystemCalls.isListening(port) || !process.isRunning }
            guard process.isRunning else {
                throw NeverHappened(description: "\(name) did not start: \(process.soFar.errorText)")
            }
        } catch {
            await stop()
            throw error
        }
    }
}
