import Diagnostics

extension MemberReader {
    /// The JSON Pointer (RFC 6901) in a member; nil where it is absent or none, which is reported.
    package func pointer(_ name: String, _ context: inout ReadingContext) -> JSONPointer? {
        guard let node = self[name], let text = node.string else { return nil }
        return Self.pointer(text, at: node, &context)
    }

    package static func pointer(_ text: String, at node: JSONNode, _ context: inout ReadingContext) -> JSONPointer? {
        let pointer = JSONPointer(text)
        if pointer == nil {
            context.error(
                "bad-pointer", "'\(text)' is not a JSON Pointer", at: node,
                help: "it is empty or starts with '/', as in \"/credentials/clientId\"")
        }
        return pointer
    }
}
