import Diagnostics

/// Reads the members of one object by its table: unknown, repeated, missing and misshapen ones are reported when it is
/// made; what it hands out afterwards has the shape of the table.
package struct MemberReader: Sendable {
    package let node: JSONNode
    package let table: MemberTable
    /// Objects of ours have few members: looking through them beats hashing.
    private var found: [(name: String, member: JSONMember)] = []

    /// nil where the node is no object; that too has been reported.
    package init?(_ node: JSONNode, _ table: MemberTable, _ context: inout ReadingContext) {
        self.node = node
        self.table = table
        guard node.kind == .object else {
            context.error(
                "wrong-kind", "\(table.phrase) is written as an object", at: node,
                label: "this is \(node.kind.phrase)")
            return nil
        }
        for member in node.members { check(member, &context) }
        for spec in table.required where member(spec.name) == nil { checkMissing(spec, &context) }
    }

    private func member(_ name: String) -> JSONMember? { found.first { $0.name == name }?.member }

    /// A member that is there under a misspelt name, or that was reported already, is not missing too.
    private func checkMissing(_ spec: MemberSpec, _ context: inout ReadingContext) {
        let isMisspelt = node.members.contains { table.spec($0.name) == nil && meant(by: $0.name) == spec.name }
        guard node[spec.name] == nil, !isMisspelt else { return }
        context.bag.error(
            "missing-member", "\(table.phrase) needs the member '\(spec.name)'", at: opening(context),
            label: "'\(spec.name)' is missing", help: spec.help.isEmpty ? nil : spec.help)
    }

    /// The member's value, nil where it is absent or was reported.
    package subscript(name: String) -> JSONNode? { member(name)?.value }

    package func nameNode(_ name: String) -> JSONNode? { member(name)?.nameNode }

    /// The members that only `others` of the table allows, in order.
    package var others: [JSONMember] {
        found.filter { table.spec($0.name) == nil }.map(\.member)
    }

    package func text(_ name: String) -> String? { self[name]?.string }

    private mutating func check(_ member: JSONMember, _ context: inout ReadingContext) {
        let name = member.name
        guard let shape = shape(of: member, name, &context) else { return }
        if self.member(name) != nil {
            context.error("repeated-member", "the member '\(name)' stands here twice", at: member.nameNode)
            return
        }
        guard shape.accepts(member.value) else {
            let (name, node, wanted) = shape.culprit(member.value, named: name)
            context.wrongKind(
                name, node, wanted: wanted.wanted, words: wanted.words,
                help: wanted.suggestion(for: node).map { "did you mean \"\($0)\"?" })
            return
        }
        found.append((name, member))
    }

    private func shape(of member: JSONMember, _ name: String, _ context: inout ReadingContext) -> Shape? {
        guard let spec = table.spec(name) else {
            if let others = table.others { return others }
            context.error(
                "unknown-member", "unknown member '\(member.name)' in \(table.phrase)", at: member.nameNode,
                help: suggestion(for: member.name))
            return nil
        }
        if spec.availability == .later {
            context.error(
                "not-supported-yet", "'\(member.name)' is not supported yet", at: member.nameNode,
                help: "this version of usher refuses it rather than ignore it; remove the member")
            return nil
        }
        return spec.shape
    }

    private func suggestion(for name: String) -> String? {
        if let near = meant(by: name) { return "did you mean '\(near)'?" }
        let names = table.members.map(\.name)
        return names.isEmpty ? nil : "\(table.phrase) has: " + names.sorted().joined(separator: ", ")
    }

    private func meant(by name: String) -> String? {
        table.others == nil ? nearest(to: name, among: table.members.map(\.name)) : nil
    }

    /// The opening brace: carets under a whole object would cover half the file.
    private func opening(_ context: ReadingContext) -> Span {
        Span(context.file, node.range.lowerBound..<node.range.lowerBound + 1)
    }
}
