package import Diagnostics
package import JSON

/// JSON whose texts are templates: a request body, `variables`. Parts without placeholders are kept as values.
package indirect enum JSONTemplate: Sendable {
    case constant(JSONValue)
    case template(Template)
    case array([JSONTemplate])
    case object([(name: String, value: JSONTemplate)])

    package init(_ node: JSONNode, _ context: inout ReadingContext) {
        switch node.kind {
        case .string:
            let template = Template(node, &context)
            self = template.plain.map { .constant(.string($0)) } ?? .template(template)
        case .array: self = Self.array(node, &context)
        case .object: self = Self.object(node, &context)
        case .null, .boolean, .number: self = .constant(node.value)
        }
    }

    private static func array(_ node: JSONNode, _ context: inout ReadingContext) -> JSONTemplate {
        var elements: [JSONTemplate] = []
        for element in node.elements { elements.append(JSONTemplate(element, &context)) }
        let values = elements.compactMap(\.constant)
        return values.count == elements.count ? .constant(.array(values)) : .array(elements)
    }

    private static func object(_ node: JSONNode, _ context: inout ReadingContext) -> JSONTemplate {
        var members: [(name: String, value: JSONTemplate)] = []
        for member in node.members { members.append((member.name, JSONTemplate(member.value, &context))) }
        let values = members.compactMap { member in member.value.constant.map { (member.name, $0) } }
        return values.count == members.count ? .constant(.object(JSONObject(values))) : .object(members)
    }

    package var constant: JSONValue? {
        if case .constant(let value) = self { value } else { nil }
    }

    package var names: [(path: NamePath, span: Span, isOptional: Bool)] {
        switch self {
        case .constant: []
        case .template(let template): template.names
        case .array(let elements): elements.flatMap(\.names)
        case .object(let members): members.flatMap(\.value.names)
        }
    }

    /// - Throws: a `Diagnostic` at the placeholder's place.
    package func value(_ scope: Scope) throws(Diagnostic) -> TemplateValue {
        switch self {
        case .constant(let value): return TemplateValue(value)
        case .template(let template): return try template.value(scope)
        case .array(let elements):
            var values: [JSONValue] = []
            var taint: Taint?
            for element in elements {
                let value = try element.value(scope)
                values.append(value.json)
                taint = Taint.join(taint, value.taint)
            }
            return TemplateValue(.array(values), taint: taint)
        case .object(let members):
            var values: [(String, JSONValue)] = []
            var taint: Taint?
            for member in members {
                let value = try member.value.value(scope)
                values.append((member.name, value.json))
                taint = Taint.join(taint, value.taint)
            }
            return TemplateValue(.object(JSONObject(values)), taint: taint)
        }
    }
}
