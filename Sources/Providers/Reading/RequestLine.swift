import Diagnostics
import HTTP
import JSON
import Templates

/// `"GET /v1/me"`: a method and a URL in one text.
struct RequestLine {
    let method: HTTPMethod
    let url: URLTemplate

    init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let node = reader["request"], let text = node.string else { return nil }
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let method = HTTPMethod(rawValue: String(parts[0])) else {
            context.error(
                "bad-request-line", "'\(text)' is not a method and a URL", at: node, help: "write \"GET /v1/me\"")
            return nil
        }
        let file = context.file
        self.method = method
        url = URLTemplate(
            Template(
                parsing: text, from: text.utf8.distance(from: text.startIndex, to: parts[1].startIndex),
                span: context.span(node), bag: &context.bag, place: { Span(file, node.sourceRange(ofDecoded: $0)) }))
    }
}
