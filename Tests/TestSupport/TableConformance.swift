package import JSON

/// Whether JSON of ours keeps to its tables of members, all objects inside included.
package struct TableConformance {
    private let tables: [String: MemberTable]

    package init(_ tables: [MemberTable]) {
        self.tables = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
    }

    /// What is not as the tables say: one sentence each, with the place.
    package func faults(_ node: JSONNode, _ table: MemberTable, at place: String = "$") -> [String] {
        guard node.kind == .object else { return ["\(place) is no object"] }
        var faults: [String] = []
        for member in table.members where member.isRequired && node[member.name] == nil {
            faults.append("\(place) lacks \(member.name)")
        }
        for member in node.members {
            guard let spec = table.spec(member.name) else {
                faults.append("\(place).\(member.name) is not in the table '\(table.name)'")
                continue
            }
            faults += self.faults(member.value, spec.shape, at: "\(place).\(member.name)")
        }
        return faults
    }

    private func faults(_ node: JSONNode, _ shape: Shape, at place: String) -> [String] {
        switch shape {
        case .object(let name): return tables[name].map { faults(node, $0, at: place) } ?? ["no table '\(name)'"]
        case .list(let element):
            guard node.kind == .array else { return ["\(place) is no list"] }
            return node.elements.enumerated().flatMap { faults($1, element, at: "\(place)[\($0)]") }
        case .text: return node.kind == .string ? [] : ["\(place) is no text"]
        case .boolean: return node.kind == .boolean ? [] : ["\(place) is no boolean"]
        case .integer: return node.number?.isInteger == true ? [] : ["\(place) is no whole number"]
        case .number: return node.kind == .number ? [] : ["\(place) is no number"]
        case .word(let words): return node.string.map(words.contains) == true ? [] : ["\(place) is none of \(words)"]
        default: return ["\(place) has a shape that reports do not use"]
        }
    }
}
