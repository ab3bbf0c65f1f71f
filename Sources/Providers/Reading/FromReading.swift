import JSON

extension FromRules {
    init(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.from, &context) else {
            self = .none
            return
        }
        var require: [Requirement] = []
        for member in reader["require"].map({ Array($0.members) }) ?? [] {
            guard let pointer = MemberReader.pointer(member.name, at: member.nameNode, &context) else { continue }
            require.append(Requirement(pointer: pointer, value: member.value.value))
        }
        self.init(require: require, expiry: reader["expiry"].flatMap { ExpiryRules(document: $0, &context) })
    }
}

extension ExpiryRules {
    /// When a document of `from` ends: an instant, unless a `unit` says that it is how long from now.
    fileprivate init?(document node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.documentExpiry, &context),
            let pointer = reader.pointer("at", &context)
        else { return nil }
        let given = ["unit", "format", "pattern"].compactMap { reader.nameNode($0) }
        if given.count > 1 {
            context.error(
                "two-formats", "'unit', 'format' and 'pattern' are three ways to write an expiry", at: given[1],
                help: "keep the one that fits what stands at \(pointer)")
        }
        if given.count == 1, let node = reader["pattern"] { ExpiryPattern.check(node, &context) }
        self.init(
            at: Locators([.pointer(pointer)]), kind: reader["unit"] == nil ? .instant : .duration,
            unit: reader.word("unit") ?? .s, format: reader.word("format") ?? .rfc3339,
            pattern: reader.text("pattern"), zeroMeans: .never)
    }
}
