import Diagnostics
package import JSON

/// Where a secret comes from; one type per form, all listed in `SecretSources`.
package protocol SecretSource: Sendable {
    /// The member that names the form in an environment file: `env`, `file`.
    static var member: String { get }
    /// The members of its object, for the reader and the published schema.
    static var table: MemberTable { get }

    init?(_ reader: MemberReader, _ context: inout ReadingContext)

    /// The value. May take its time (a person, a program, a server), so never on the transfer loop.
    ///
    /// - Throws: `SecretError` with a sentence that names the source and never holds a part of the value.
    func read(in world: SecretWorld) async throws(SecretError) -> String

    /// The value, with its end where the source knows one.
    func reading(in world: SecretWorld) async throws(SecretError) -> SecretReading

    /// For messages: `the variable ZARV_PASSWORD`, `the file key.pem`.
    var phrase: String { get }

    /// Whether the environment file itself holds the value.
    var isLiteral: Bool { get }

    /// Paths of the files that it reads.
    var files: [String] { get }
}

extension SecretSource {
    package var isLiteral: Bool { false }
    package var files: [String] { [] }

    package func reading(in world: SecretWorld) async throws(SecretError) -> SecretReading {
        SecretReading(try await read(in: world))
    }
}

/// A secret that is not to be had: no verdict about the API, so exit code 3.
package struct SecretError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
