package import Diagnostics

/// The provider files that are part of the executable.
package enum BuiltInProviders {
    private static let files = EmbeddedFiles(folder: "providers")

    /// Their ids, sorted.
    package static var names: [String] { files.names }

    /// The text of one; parsed only when somebody asks for it, since every run pays for what happens at its start.
    package static func source(named name: String) -> SourceFile? { files.source(named: name) }
}
