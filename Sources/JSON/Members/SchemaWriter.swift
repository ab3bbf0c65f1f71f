/// Turns member tables into a JSON Schema (2020-12), so that what editors accept is what the reader accepts.
package struct SchemaWriter: Sendable {
    let tables: [MemberTable]

    package init(tables: [MemberTable]) {
        self.tables = tables
    }

    /// The schema of a file whose root object is `root`.
    package func schema(root: MemberTable, id: String, title: String) -> JSONValue {
        var definitions = JSONObject()
        for table in tables.sorted(by: { $0.name < $1.name }) {
            definitions[Self.key(table.name)] = .object(object(table))
        }
        return .object(
            JSONObject([
                ("$schema", "https://json-schema.org/draft/2020-12/schema"),
                ("$id", .string(id)),
                ("title", .string(title)),
                ("$ref", .string("#/$defs/\(Self.key(root.name))")),
                ("$defs", .object(definitions)),
            ]))
    }

    /// A fragment of a URI reference holds no blank (RFC 3986 §3.5).
    private static func key(_ name: String) -> String { String(name.map { $0 == " " ? "-" : $0 }) }

    private func object(_ table: MemberTable) -> JSONObject {
        var properties = JSONObject()
        for spec in MemberTable.everywhere + table.members where spec.availability == .ready {
            var value = shape(spec.shape)
            if !spec.help.isEmpty { value["description"] = .string(spec.help) }
            properties[spec.name] = .object(value)
        }
        var result = JSONObject([("type", "object")])
        if !table.help.isEmpty { result["description"] = .string(table.help) }
        result["properties"] = .object(properties)
        let required = table.members.filter { $0.isRequired && $0.availability == .ready }.map(\.name)
        if !required.isEmpty { result["required"] = .array(required.map { .string($0) }) }
        result["additionalProperties"] = table.others.map { .object(shape($0)) } ?? .boolean(false)
        return result
    }

    private func shape(_ shape: Shape) -> JSONObject {
        switch shape {
        case .any: JSONObject()
        case .text: JSONObject([("type", "string")])
        case .boolean: orPlaceholder("boolean")
        case .integer: orPlaceholder("integer")
        case .number: orPlaceholder("number")
        case .duration: JSONObject([("type", "string"), ("pattern", #"^[0-9]+(\.[0-9]+)?(ms|s|m|h)$|\{\{"#)])
        case .word(let words): JSONObject([("enum", .array(words.map { .string($0) }))])
        case .literal(let value): JSONObject([("const", value)])
        case .null: JSONObject([("type", "null")])
        case .list(let element): JSONObject([("type", "array"), ("items", .object(self.shape(element)))])
        case .map(let value): JSONObject([("type", "object"), ("additionalProperties", .object(self.shape(value)))])
        case .object(let name): JSONObject([("$ref", .string("#/$defs/\(Self.key(name))"))])
        case .either(let shapes): JSONObject([("anyOf", .array(shapes.map { .object(self.shape($0)) }))])
        }
    }

    private func orPlaceholder(_ type: String) -> JSONObject {
        JSONObject([
            (
                "anyOf",
                .array([
                    .object(JSONObject([("type", .string(type))])),
                    .object(JSONObject([("type", "string"), ("pattern", #"\{\{"#)])),
                ])
            )
        ])
    }
}
