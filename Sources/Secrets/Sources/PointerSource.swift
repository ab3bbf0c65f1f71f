package import JSON

/// `{ "pointer": "/x" }`: a place in the document that the identity's `from` has read.
package struct PointerSource: SecretSource {
    package static let member = "pointer"
    package static let table = MemberTable(
        "pointer source", [MemberSpec("pointer", .text, "A JSON Pointer to the value in the document of 'from'.")])

    package let pointer: JSONPointer

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let pointer = reader.pointer(Self.member, &context) else { return nil }
        self.pointer = pointer
    }

    package var phrase: String { "the place \(pointer) in 'from'" }

    package func read(in world: SecretWorld) throws(SecretError) -> String {
        guard let document = world.document else {
            throw SecretError("\(phrase) needs a member 'from' beside 'secrets'")
        }
        return try Self.value(at: pointer, in: document, of: "the document of 'from'")
    }

    /// The text or number at `pointer` in a JSON document; messages hold neither the document nor a part of it.
    package static func value(
        at pointer: JSONPointer, in bytes: [UInt8], of phrase: String
    ) throws(SecretError) -> String {
        guard let root = try? JSONDocument.parse(bytes).root else { throw SecretError("\(phrase) is not JSON") }
        return try value(at: pointer, in: root, of: phrase)
    }

    package static func value(
        at pointer: JSONPointer, in root: JSONNode, of phrase: String
    ) throws(SecretError) -> String {
        guard let node = pointer.find(in: root) else { throw SecretError("\(phrase) holds nothing at \(pointer)") }
        guard let text = node.string ?? node.number?.text else {
            throw SecretError("\(phrase) holds \(node.kind.phrase) at \(pointer), not a text")
        }
        guard !text.isEmpty else { throw SecretError("\(phrase) holds an empty text at \(pointer)") }
        return text
    }
}
