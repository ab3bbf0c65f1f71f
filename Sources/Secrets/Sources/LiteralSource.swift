package import JSON

/// `{ "insecureLiteral": "…" }`: the value itself, for public demo credentials; shown in every report outside the sandbox.
package struct LiteralSource: SecretSource {
    package static let member = "insecureLiteral"
    package static let table = MemberTable(
        "insecureLiteral source",
        [MemberSpec("insecureLiteral", .text, "The secret in clear; for public demo credentials only.")])

    private let value: String

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let value = reader.text("insecureLiteral") else { return nil }
        self.value = value
    }

    package var isLiteral: Bool { true }
    package var phrase: String { "the literal in the environment file" }

    package func read(in world: SecretWorld) throws(SecretError) -> String {
        guard !value.isEmpty else { throw SecretError("\(phrase) is empty") }
        return value
    }
}
