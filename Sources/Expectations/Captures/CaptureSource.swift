import HTTP
import JSON

/// Where a capture takes its value from.
enum CaptureSource: Sendable {
    case json(FilledPath)
    case header(String)
    /// The first group of a regular expression on the text of the body.
    case regex(RegularExpression, shown: String)
    case status, text, url

    /// nil: nothing found. A body that is no JSON holds nothing.
    func value(_ answer: inout Answer) -> JSONValue? {
        switch self {
        case .json(let path): (try? answer.json()).flatMap { path.path.first($0)?.value }
        case .header(let name): answer.response.headers[name].map { .string($0) }
        case .regex(let pattern, _):
            pattern.firstMatch(in: answer.text())?.groups.first.flatMap { $0 }.map { .string(String($0)) }
        case .status: .number(JSONNumber(answer.response.status))
        case .text: .string(answer.text())
        case .url: .string(answer.url.text)
        }
    }

    /// What is looked for, to follow "expected".
    var words: String {
        switch self {
        case .json(let path): "a value at \(path.shown)"
        case .header(let name): "a header \(name)"
        case .regex(_, let shown): "a text that matches \(shown)"
        case .status: "a status"
        case .text: "a text"
        case .url: "a URL"
        }
    }
}
