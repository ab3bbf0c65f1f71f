import Diagnostics
package import JSON

/// Where a secret comes from; one type per form, all listed in `SecretSources`.
package protocol SecretSource: Sendable {
    /// The member that names the form in an environment file: `env`, `file`.
    static var member: String { get }
    /// The members of its object, for the reader and the published schema.
    static var table: MemberTable { get }

    init?(_ reader: MemberReader, _ context: inout ReadingContext)

    /// The value.
    ///
    /// - Throws: `SecretError` with a sentence that names the source and never holds a part of the value.
    func read(in world: SecretWorld) throws(SecretError) -> String

    /// For messages: `the variable ZARV_PASSWORD`, `the file key.pem`.
    var phrase: String { get }
}

/// What sources may look at; a value, so that tests bring their own.
package struct SecretWorld: Sendable {
    package var variables: [String: String]
    /// Reads a file whole; the error is the system's reason.
    package var readFile: @Sendable (String) -> Result<[UInt8], OutputError>

    package init(
        variables: [String: String], readFile: @escaping @Sendable (String) -> Result<[UInt8], OutputError>
    ) {
        self.variables = variables
        self.readFile = readFile
    }
}

/// A secret that is not to be had: no verdict about the API, so exit code 3.
package struct SecretError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
