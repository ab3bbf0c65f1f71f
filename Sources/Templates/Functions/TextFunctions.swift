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
        TemplateFunction("split(text, separator, index)", 3...3) { (values) throws(FunctionError) in
            TemplateValue(.string(try part(values)))
        },
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

    /// The part at the index, counted from 0, or from the end with -1; empty parts count. The text may be a secret and
    /// stands in no message.
    private static func part(_ values: [JSONValue]) throws(FunctionError) -> String {
        let text = try TemplateFunction.text(values[0])
        guard let separator = values[1].string, !separator.isEmpty else {
            throw FunctionError("needs a text that separates the parts, such as '-'")
        }
        guard let index = values[2].number?.int else {
            throw FunctionError("needs a whole number: 0 is the first part")
        }
        let parts = parts(of: text, separator)
        let place = index < 0 ? parts.count + index : index
        guard parts.indices.contains(place) else {
            throw FunctionError("finds no part \(index): the text has \(parts.count), counted from 0")
        }
        return parts[place]
    }

    /// By bytes: what is joined to the separator as one character for the eye is a part all the same.
    private static func parts(of text: String, _ separator: String) -> [String] {
        let (bytes, mark) = (Array(text.utf8), Array(separator.utf8))
        var (parts, start, place) = ([String](), 0, 0)
        while place + mark.count <= bytes.count {
            if bytes[place..<place + mark.count].elementsEqual(mark) {
                parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
                place += mark.count
                start = place
            } else {
                place += 1
            }
        }
        return parts + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }
}
