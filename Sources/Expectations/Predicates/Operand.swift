import Diagnostics
import JSON
import Templates

/// Operands as the predicates want them, after placeholders are filled.
enum Operand {
    static func text(_ value: TemplateValue, _ name: String, at span: Span) throws(Diagnostic) -> String {
        guard let text = value.json.string else { throw wrong(value, name, at: span, wanted: "a text") }
        return text
    }

    /// The elements of a list; each of a secret list is a secret.
    static func list(_ value: TemplateValue, _ name: String, at span: Span) throws(Diagnostic) -> [TemplateValue] {
        guard let values = value.json.array else { throw wrong(value, name, at: span, wanted: "a list") }
        return values.map { TemplateValue($0, taint: value.taint) }
    }

    /// true or false, or text that spells it (formats.md R1).
    static func flag(_ value: TemplateValue, _ name: String, at span: Span) throws(Diagnostic) -> Bool {
        switch value.json {
        case .boolean(let flag): return flag
        case "true": return true
        case "false": return false
        default: throw wrong(value, name, at: span, wanted: "true or false")
        }
    }

    static func wrong(_ value: TemplateValue, _ name: String, at span: Span, wanted: String) -> Diagnostic {
        Diagnostic(
            code: "wrong-kind", "'\(name)' must be \(wanted)", at: span,
            label: value.taint == nil && value.json.string != nil
                ? "this is \(Excerpt.of(value))" : "this is \(value.json.kind.phrase)")
    }
}
