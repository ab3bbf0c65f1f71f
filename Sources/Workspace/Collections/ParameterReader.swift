import Diagnostics
import HTTP
import JSON
import Templates

extension Parameter {
    /// Reads `query`, `headers` or `form`: an array sends the name once per element, null sends nothing.
    static func read(_ node: JSONNode?, _ context: inout ReadingContext) -> [Parameter] {
        var parameters: [Parameter] = []
        for member in node.map({ Array($0.members) }) ?? [] {
            let elements = member.value.kind == .array ? Array(member.value.elements) : [member.value]
            var values: [JSONTemplate] = []
            for element in elements where !element.isNull {
                if element.kind == .object || element.kind == .array {
                    context.wrongKind(member.name, element, wanted: "a text, number or boolean")
                } else {
                    values.append(JSONTemplate(element, &context))
                }
            }
            parameters.append(Parameter(name: member.name, span: context.span(member.nameNode), values: values))
        }
        return parameters
    }

    static func merge(_ defaults: [Parameter], _ own: [Parameter], ignoringCase: Bool = true) -> [Parameter] {
        let kept = defaults.filter { fallback in
            !own.contains {
                ignoringCase ? HeaderFields.sameName($0.name, fallback.name) : $0.name == fallback.name
            }
        }
        return kept + own
    }

    /// Header names and constant values that libcurl must never see (RFC 9110 §5).
    static func checkHeaders(_ headers: [Parameter], _ context: inout ReadingContext) {
        for header in headers {
            if !HeaderFields.isToken(header.name) {
                context.bag.error("bad-header-name", "'\(header.name)' is not a header name", at: header.span)
            } else if HeaderFields.isFraming(header.name) {
                context.bag.error(
                    "framing-header", "the header '\(header.name)' is set by usher itself", at: header.span,
                    help: "it frames the message or steers the connection; remove it")
            }
            for case .constant(.string(let text)) in header.values where !HeaderFields.isSafeValue(text) {
                context.bag.error(
                    "bad-header-value", "the value of '\(header.name)' holds a control character", at: header.span)
            }
        }
    }
}
