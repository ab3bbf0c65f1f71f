import JSON

/// What an API's error answer says to people, wherever it puts it.
enum ErrorWords {
    /// The likeliest first.
    private static let names = [
        "error_description", "message", "msg", "detail", "errormessage", "error_message", "description", "title",
        "error",
        "reason",
    ]

    /// The first such text, on the way down at most four levels; nil: there is none.
    static func first(in node: JSONNode, depth: Int = 4) -> String? {
        guard depth > 0 else { return nil }
        let members = node.members.map { (name: $0.name.lowercased(), value: $0.value) }
        for name in names {
            let found = members.first { $0.name == name }?.value.string
            if let found, !found.isEmpty { return found }
        }
        let inner = members.map(\.value) + node.elements.prefix(3)
        return inner.lazy.compactMap { first(in: $0, depth: depth - 1) }.first
    }
}
