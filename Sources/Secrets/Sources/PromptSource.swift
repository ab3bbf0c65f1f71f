package import JSON

/// `{ "prompt": "Password of Zarv" }`: asks on the terminal, once in a run; never in CI.
package struct PromptSource: SecretSource {
    package static let member = "prompt"
    package static let table = MemberTable(
        "prompt source", [MemberSpec("prompt", .text, "What to ask for on the terminal; never in CI.")])

    let question: String

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let question = reader.text("prompt") else { return nil }
        self.question = question
    }

    package var phrase: String { "the answer to '\(question)'" }

    package func read(in world: SecretWorld) async throws(SecretError) -> String {
        guard world.variable("CI") == nil else {
            throw SecretError("\(phrase) is not to be had: nobody is asked where CI is set")
        }
        let answer = try await world.memory.value([Self.member, question], now: 0) { () throws(SecretError) in
            do throws(SecretError) {
                return SecretReading(try await world.ask(question))
            } catch {
                throw SecretError("\(phrase) is not to be had: \(error)")
            }
        }
        guard !answer.text.isEmpty else { throw SecretError("\(phrase) is empty") }
        return answer.text
    }
}
