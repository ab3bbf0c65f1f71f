import HTTP
import JSON
import Secrets
import Tokens

/// The steps to a token, as names and kinds: of values only the words of OAuth itself are shown, and what errors say.
struct CredentialText {
    let checked: CheckedCredential
    let exchanges: [RecordedExchange]
    let redactor: Redactor

    var text: String {
        var lines = ["\(checked.identity), of the provider \(checked.provider)"]
        for (index, exchange) in exchanges.enumerated() {
            lines.append("")
            lines += request(exchange, number: index + 1)
            lines += answer(exchange)
        }
        lines.append("")
        lines.append(CheckText(redactor: redactor).lines([checked]))
        return lines.joined(separator: "\n")
    }

    // MARK: What was sent

    private func request(_ exchange: RecordedExchange, number: Int) -> [String] {
        let request = exchange.request
        let time = DurationText.display(exchange.start)
        var lines = ["\(number). after \(time): \(request.method.rawValue) \(request.url.origin)\(request.shownPath)"]
        if let query = request.url.query { lines.append("   query: \(names(inForm: query))") }
        lines += request.headers.map { "   \(header($0))" }
        if let body = body(request.bytes, request.headers["Content-Type"]) { lines.append("   body: \(body)") }
        return lines
    }

    private func answer(_ exchange: RecordedExchange) -> [String] {
        let time = DurationText.display(exchange.duration)
        switch exchange.result {
        case .failure(let error): return ["   no answer after \(time): \(error.message)"]
        case .success(let response):
            var lines = ["   answer after \(time): \(response.status)"]
            lines += response.headers.map { "   \(header($0))" }
            if let body = body(response.body, response.headers["Content-Type"]) {
                lines.append("   body: \(body)")
            }
            return lines
        }
    }

    // MARK: Names and kinds

    /// Fields that say what went on and carry no credential; of all others only the name is shown.
    private static let open: Set<String> = [
        "accept", "cache-control", "content-length", "content-type", "date", "retry-after", "server",
        "www-authenticate",
    ]

    private func header(_ field: HeaderField) -> String {
        let isOpen = !field.isSensitive && Self.open.contains(field.name.lowercased())
        return isOpen
            ? "\(field.name): \(readable(field.value))" : "\(field.name): (text of \(field.value.count) characters)"
    }

    private func readable(_ text: String) -> String { ForeignText.readable(text, redactor, limit: 300) }

    private func body(_ bytes: [UInt8], _ type: String?) -> String? {
        if bytes.isEmpty { return nil }
        if let root = (try? JSONDocument.parse(bytes))?.root {
            guard root.kind == .object else { return "JSON, \(root.kindPhrase)" }
            return "JSON with "
                + root.members.prefix(40).map { shown($0.name, $0.value.string, $0.value.kindPhrase) }
                .joined(separator: ", ")
        }
        if type?.lowercased().contains("x-www-form-urlencoded") == true {
            return "form with " + names(inForm: String(decoding: bytes, as: UTF8.self))
        }
        return "\(bytes.count) bytes"
    }

    private func names(inForm text: String) -> String {
        text.split(separator: "&").prefix(40).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                FormDecoding.text)
            let value = parts.count == 2 ? parts[1] : ""
            return shown(parts[0], value, "text of \(value.count) characters")
        }.joined(separator: ", ")
    }

    private func shown(_ name: String, _ value: String?, _ kind: String) -> String {
        if let value, OAuthWords.knows(value, as: name) { return "\(readable(name)) \(value)" }
        return "\(readable(name)) (\(kind))"
    }
}

extension HTTPRequest {
    fileprivate var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }
}
