package import HTTP
package import Secrets

/// A curl command line that repeats a request, without its secrets.
///
/// URL, header values and body pass the redactor; values of sensitive headers are masked whatever they are. Secrets of
/// fewer than six bytes in a URL or body are not recognised: mask those before.
package struct CurlLine {
    private static let bodyLimit = 1000
    private static let alwaysSensitive = ["Authorization", "Proxy-Authorization", "Cookie", "DPoP"]

    private let redactor: Redactor

    package init(redactor: Redactor) {
        self.redactor = redactor
    }

    /// - Parameter identity: whose credential the request carries: its one sensitive header is then written as
    ///   `"$(usher token NAME --header)"`, so that the line runs as it stands. nil: a mask stands for it.
    package func render(_ request: HTTPRequest, identity: String? = nil) -> String {
        let url = redactor.redact(request.url.text)
        var words = ["curl"] + method(request)
        // curl expands brackets and braces in a URL of its own accord.
        if url.contains(where: { "[]{}".contains($0) }) { words.append("--globoff") }
        words.append(ShellQuoting.quote(url))
        words += headers(request, identity: identity)
        let (body, remark) = body(request.body)
        return (words + body).joined(separator: " ") + remark
    }

    private func method(_ request: HTTPRequest) -> [String] {
        switch (request.method, request.body) {
        case (.get, .none), (.post, .bytes): []
        case (.head, .none): ["--head"]
        default: ["-X", ShellQuoting.quote(request.method.rawValue)]
        }
    }

    private func headers(_ request: HTTPRequest, identity: String?) -> [String] {
        let sensitive = request.headers.filter(isSensitive).count
        var words: [String] = []
        for field in request.headers {
            words += ["-H", header(field, identity: sensitive == 1 ? identity : nil)]
        }
        // Without this curl would call any body a form.
        if case .bytes = request.body, !request.headers.contains(name: "Content-Type") {
            words += ["-H", "Content-Type:"]
        }
        return words
    }

    private func header(_ field: HeaderField, identity: String?) -> String {
        guard isSensitive(field) else {
            // "Name;" is how curl is told to send an empty value.
            let line = field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
            return ShellQuoting.quote(redactor.redact(line))
        }
        if let identity, !identity.isEmpty, !identity.hasPrefix("-"), identity.utf8.allSatisfy(ShellQuoting.isPlain) {
            return "\"$(usher token \(identity) --header)\""
        }
        return ShellQuoting.quote("\(field.name): \(Secret.mask(field.name))")
    }

    private func isSensitive(_ field: HeaderField) -> Bool {
        field.isSensitive || Self.alwaysSensitive.contains { HeaderFields.sameName($0, field.name) }
    }

    private func body(_ body: HTTPBody) -> (words: [String], remark: String) {
        guard case .bytes(let bytes) = body else { return ([], "") }
        let size = ExchangeText.size(bytes.count)
        guard let text = String(validating: redactor.redact(bytes), as: UTF8.self), !text.contains("\0") else {
            return (["--data-binary", "@body"], "  # \(size) that are not text")
        }
        let shown = text.cut(to: Self.bodyLimit)
        let remark = shown.utf8.count < text.utf8.count ? "  # body cut, \(size) in all" : ""
        return (["--data-raw", ShellQuoting.quote(shown)], remark)
    }
}
