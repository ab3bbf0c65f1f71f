import Diagnostics
package import JSON

/// `{ "fd": 3 }`: what comes from an open descriptor (`usher … 3< <(pass show zarv)`), read to its end once.
package struct DescriptorSource: SecretSource {
    package static let member = "fd"
    package static let table = MemberTable(
        "fd source", [MemberSpec("fd", .integer, "The number of an open descriptor; 0 is standard input.")])

    let number: Int32

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let node = reader["fd"] else { return nil }
        guard let number = node.number?.int, number == 0 || 3...1023 ~= number else {
            context.error(
                "bad-descriptor", "'fd' must be 0 or a number from 3 to 1023", at: node,
                help: "1 and 2 are where usher writes to")
            return nil
        }
        self.number = Int32(number)
    }

    package var phrase: String { number == 0 ? "standard input" : "the descriptor \(number)" }

    package func read(in world: SecretWorld) async throws(SecretError) -> String {
        let kept = try await world.memory.value([Self.member, "\(number)"], now: 0) { () throws(SecretError) in
            let bytes: [UInt8]
            do throws(SecretError) {
                bytes = try await world.readDescriptor(number)
            } catch {
                throw SecretError("\(phrase) cannot be read: \(error)")
            }
            guard var text = String(validating: bytes, as: UTF8.self) else {
                throw SecretError("\(phrase) gave something that is not UTF-8 text")
            }
            if let last = text.last, last.isNewline { text.removeLast() }
            return SecretReading(text)
        }
        guard !kept.text.isEmpty else { throw SecretError("\(phrase) gave nothing") }
        return kept.text
    }
}
