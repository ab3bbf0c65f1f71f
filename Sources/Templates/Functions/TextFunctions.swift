import JSON
import Secrets

extension FunctionTable {
    static let textFunctions: [TemplateFunction] = [
        .ofText("base64(text)") { Base64.encode(Array($0.utf8)) },
        .ofText("base64url(text)") { Base64.encode(Array($0.utf8), urlSafe: true, padded: false) },
        .ofText("url(text)", PercentEncoding.encode),
        .ofText("lower(text)") { $0.lowercased() },
        .ofText("upper(text)") { $0.uppercased() },
        .ofText("trim(text)", trimmed),
        TemplateFunction("json(value)", 1...1) { values in TemplateValue(.string(values[0].text())) },
        TemplateFunction("int(text)", 1...1) { (values) throws(FunctionError) in
            let text = try TemplateFunction.text(values[0])
            guard let value = JSONNumber(text)?.int else { throw FunctionError("'\(text)' is not a whole number") }
            return TemplateValue(.number(JSONNumber(value)))
        },
        TemplateFunction("number(text)", 1...1) { (values) throws(FunctionError) in
            let text = try TemplateFunction.text(values[0])
            guard let value = JSONNumber(text) else { throw FunctionError("'\(text)' is not a number") }
            return TemplateValue(.number(value))
        },
        TemplateFunction("raw(text)", 1...1) { (values) throws(FunctionError) in
            var value = TemplateValue(.string(try TemplateFunction.text(values[0])))
            value.isRaw = true
            return value
        },
    ]

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }
}
