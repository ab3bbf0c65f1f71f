package import JSON

/// All forms of secret sources.
package enum SecretSources {
    static let all: [any SecretSource.Type] = [
        VariableSource.self, FileSource.self, PointerSource.self, LiteralSource.self,
    ]

    /// Forms that the format knows and this version does not read yet.
    static let later = ["command", "fd", "prompt", "dotenv", "keyring", "ciOidc", "any"]

    package static var tables: [MemberTable] { [binding] }

    /// All members of all forms in one table; which of them go together is checked by `SecretBinding`.
    package static let binding = MemberTable(
        "secret binding", help: "Where a secret comes from: exactly one of its forms.",
        merged(all.flatMap { $0.table.members }) + later.map { MemberSpec($0, .any, availability: .later, "") })

    private static func merged(_ members: [MemberSpec]) -> [MemberSpec] {
        var names: Set<String> = []
        return members.filter { names.insert($0.name).inserted }
    }
}
