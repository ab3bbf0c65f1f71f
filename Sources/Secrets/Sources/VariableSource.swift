package import JSON

/// `{ "env": "ZARV_PASSWORD" }`: an environment variable; an empty one counts as missing.
package struct VariableSource: SecretSource {
    package static let member = "env"
    package static let table = MemberTable(
        "env source", [MemberSpec("env", .text, "The name of an environment variable.")])

    let name: String

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let name = reader.text("env") else { return nil }
        self.name = name
    }

    package var phrase: String { "the environment variable \(name)" }

    package func read(in world: SecretWorld) throws(SecretError) -> String {
        guard let value = world.variables[name] else { throw SecretError("\(phrase) is not set") }
        guard !value.isEmpty else { throw SecretError("\(phrase) is empty") }
        return value
    }
}
