import HTTP
import JSON
import Secrets

/// Puts one member into a JSON object or a form.
struct BodyMember {
    let name: String
    let value: String

    struct Refusal: Error { let reason: String }

    func add(to request: inout HTTPRequest) throws(Refusal) {
        let type = request.headers["Content-Type"]?.lowercased().prefix { $0 != ";" && $0 != " " } ?? ""
        let bytes: [UInt8] = if case .bytes(let bytes) = request.body { bytes } else { [] }
        switch type {
        case "application/x-www-form-urlencoded":
            let pair = "\(PercentEncoding.form(name))=\(PercentEncoding.form(value))"
            request.body = .bytes(bytes + Array((bytes.isEmpty ? pair : "&" + pair).utf8))
        case let type where type == "application/json" || type.hasSuffix("+json"):
            request.body = .bytes(try json(bytes))
        case "" where bytes.isEmpty:
            request.body = .bytes(Array(JSONValue.object([name: .string(value)]).text().utf8))
            request.headers.append(HeaderField("Content-Type", "application/json"))
        default: throw Refusal(reason: "it is neither JSON nor a form")
        }
        request.bodyIsSensitive = true
    }

    private func json(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
        guard var object = (try? JSONDocument.parse(bytes))?.root.value.object else {
            throw Refusal(reason: "it is not a JSON object")
        }
        object[name] = .string(value)
        return Array(JSONValue.object(object).text().utf8)
    }
}
