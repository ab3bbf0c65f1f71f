package import JSON

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What sources may look at and do; a value, so that tests bring their own.
package struct SecretWorld: Sendable {
    package var variables: [String: String]
    /// Reads a file whole; the error is the system's reason.
    package var readFile: @Sendable (String) -> Result<[UInt8], OutputError>
    /// Whether the person who runs this lets environment files name programs (`--allow-commands`).
    package var allowsCommands = false
    /// Runs a program without a shell.
    package var run: @Sendable (ProgramCall) async throws(SecretError) -> ProgramResult = ProgramRunner.run
    /// Gets a JSON document over HTTPS with a bearer token; the error completes "the identity service …".
    package var fetch: @Sendable (_ url: String, _ bearer: Secret) async throws(SecretError) -> [UInt8] = {
        (_, _) throws(SecretError) in throw SecretError("cannot be asked here")
    }
    /// Reads an open descriptor to its end.
    package var readDescriptor: @Sendable (Int32) async throws(SecretError) -> [UInt8] = DescriptorReader.read
    /// Asks a person, who does not see what is typed.
    package var ask: @Sendable (String) async throws(SecretError) -> String = TerminalPrompt().ask
    /// Milliseconds since 1970.
    package var now: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
    /// What was read and cannot, or need not, be read again.
    package let memory = SecretMemory()
    /// The document of the identity's `from`.
    package var document: JSONNode?

    package init(
        variables: [String: String], readFile: @escaping @Sendable (String) -> Result<[UInt8], OutputError>
    ) {
        self.variables = variables
        self.readFile = readFile
    }

    /// nil where the variable is unset or empty.
    func variable(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
}
