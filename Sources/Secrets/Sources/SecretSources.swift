package import JSON

/// All forms of secret sources.
package enum SecretSources {
    static let all: [any SecretSource.Type] = [
        VariableSource.self, FileSource.self, DotenvSource.self, CommandSource.self, KeyringSource.self,
        IdentityTokenSource.self, PromptSource.self, DescriptorSource.self, PointerSource.self, AnySource.self,
        LiteralSource.self,
    ]

    package static var tables: [MemberTable] { [binding, KeyringSource.place, IdentityTokenSource.request] }

    /// All members of all forms in one table; which of them go together is checked by `SecretBinding`.
    package static let binding = MemberTable(
        "secret binding", help: "Where a secret comes from: exactly one of its forms.",
        merged(all.flatMap { $0.table.members }))

    private static func merged(_ members: [MemberSpec]) -> [MemberSpec] {
        var names: Set<String> = []
        return members.filter { names.insert($0.name).inserted }
    }
}
