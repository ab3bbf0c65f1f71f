import Diagnostics
package import JSON

/// `{ "any": [ … ] }`: the first of several bindings that yields: the keyring on the desk, the identity token in CI.
package struct AnySource: SecretSource {
    package static let member = "any"
    package static let table = MemberTable(
        "any source",
        [MemberSpec("any", .list(.object("secret binding")), "Bindings, of which the first that yields is taken.")])

    let bindings: [SecretBinding]

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let node = reader["any"] else { return nil }
        let elements = Array(node.elements)
        guard !elements.isEmpty else {
            context.error("no-secret-source", "'any' holds no binding", at: node)
            return nil
        }
        var bindings: [SecretBinding] = []
        for element in elements {
            if let binding = SecretBinding(element, name: Self.member, &context) { bindings.append(binding) }
        }
        guard bindings.count == elements.count else { return nil }
        self.bindings = bindings
    }

    package var isLiteral: Bool { bindings.contains { $0.source.isLiteral } }
    package var files: [String] { bindings.flatMap(\.source.files) }
    package var phrase: String { bindings.map(\.source.phrase).joined(separator: ", or ") }

    package func read(in world: SecretWorld) async throws(SecretError) -> String {
        try await reading(in: world).text
    }

    package func reading(in world: SecretWorld) async throws(SecretError) -> SecretReading {
        var reasons: [String] = []
        for binding in bindings {
            do throws(SecretError) {
                return try await binding.source.reading(in: world)
            } catch {
                reasons.append("(\(reasons.count + 1)) \(error)")
            }
        }
        throw SecretError("none of \(bindings.count) sources yields: " + reasons.joined(separator: "; "))
    }
}
