#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs a program to its end.
///
/// By `posix_spawn` rather than swift-subprocess: that one leaves the descriptors of this process open in the child on
/// Linux, and one of them may be a secret (`{ "fd": 3 }`).
enum ProgramRunner {
    private static let limit = 1 << 20

    /// - Throws: `SecretError` that completes "… cannot be read:": no such program, no answer in time.
    static func run(_ call: ProgramCall) async throws(SecretError) -> ProgramResult {
        guard let path = call.path else {
            throw SecretError("there is no program '\(call.program)'" + (call.program.contains("/") ? "" : " in PATH"))
        }
        return try await BlockingWork.run { isCancelled -> Result<ProgramResult, SecretError> in
            do throws(SecretError) {
                let child = try SpawnedProgram(path, call)
                return .success(try wait(for: child, call, isCancelled))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func wait(
        for child: SpawnedProgram, _ call: ProgramCall, _ isCancelled: () -> Bool
    ) throws(SecretError) -> ProgramResult {
        defer { child.closePipes() }
        let deadline = ContinuousClock.now + call.timeout
        var result = ProgramResult(status: 0)
        var open = [child.output, child.errors]
        while true {
            // Its own children may hold the pipes open when it has ended: what is there by then is all.
            let status = child.ending()
            for descriptor in open {
                while let chunk = DescriptorReader.chunk(descriptor, milliseconds: status == nil ? 20 : 0) {
                    guard let chunk, !chunk.isEmpty else {
                        open.removeAll { $0 == descriptor }
                        break
                    }
                    if descriptor == child.output { result.output += chunk } else { result.errors += chunk }
                    if result.output.count + result.errors.count > limit { break }
                }
            }
            if let status {
                result.status = status
                return result
            }
            let problem =
                isCancelled()
                ? "interrupted"
                : ContinuousClock.now >= deadline
                    ? "the program '\(call.program)' gave no answer within \(call.timeout)"
                    : result.output.count + result.errors.count > limit
                        ? "the program '\(call.program)' prints more than 1 MiB" : nil
            if let problem {
                child.kill()
                throw SecretError(problem)
            }
            if open.isEmpty { usleep(5000) }
        }
    }
}
