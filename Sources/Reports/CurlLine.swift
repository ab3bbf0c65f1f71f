package import HTTP
package import Secrets

/// A curl command line that repeats a request, without its secrets.
///
/// URL, header values and body pass the redactor. Sensitive headers and query parameters are masked whatever they are,
/// and so is a body that holds a secret: the redactor does not know texts of fewer than six bytes.
package struct CurlLine {
    /// How the run reaches its servers, so that the line reaches the same ones.
    package struct Route: Sendable {
        /// What `-e` of `usher token` gets.
        package var environment: String?
        /// Options that curl and `usher token` share, word by word: `--cacert`, `ca.pem`.
        package var options: [String] = []
        /// The embedded vendors are gone with the run: the line becomes a remark, and never leads to the real ones.
        package var isSandbox = false

        package init() {}
    }

    private static let bodyLimit = 1000
    private static let alwaysSensitive = ["Authorization", "Proxy-Authorization", "Cookie", "DPoP"]

    private static let sandboxRemark = "# in the sandbox: usher sandbox, then "
    private static let sandboxOptions = ["--connect-to", "::127.0.0.1:PORT", "--cacert", "FILE"]

    private let redactor: Redactor
    private let route: Route

    package init(redactor: Redactor, route: Route = Route()) {
        self.redactor = redactor
        self.route = route
    }

    /// - Parameters:
    ///   - identity: whose credential the request carries: its one sensitive header is then written as
    ///     `"$(usher token NAME --header)"`, so that the line runs as it stands. nil: a mask stands for it.
    ///   - redirects: followed at most.
    package func render(_ request: HTTPRequest, identity: String? = nil, redirects: Int = 0) -> String {
        let url = redactor.redact(request.shownURL)
        var words = ["curl"] + (route.isSandbox ? Self.sandboxOptions : quoted(route.options)) + method(request)
        if redirects > 0 { words += ["-L", "--max-redirs", "\(redirects)"] }
        if Self.hasDotSegments(request.url.path) { words.append("--path-as-is") }
        // curl expands brackets and braces in a URL of its own accord.
        if url.contains(where: { "[]{}".contains($0) }) { words.append("--globoff") }
        words.append(ShellQuoting.quote(url))
        words += headers(request, identity: route.isSandbox ? nil : identity)
        let (body, remark) = request.bodyIsSensitive ? maskedBody(request.body) : body(request.body)
        return (route.isSandbox ? Self.sandboxRemark : "") + (words + body).joined(separator: " ") + remark
    }

    private func quoted(_ words: [String]) -> [String] { words.map { ShellQuoting.quote(redactor.redact($0)) } }

    /// curl resolves them, Usher sends them.
    private static func hasDotSegments(_ path: String) -> Bool {
        guard path.contains("/.") || path.contains("/%2") else { return false }
        return path.lowercased().replacing("%2e", with: ".").split(separator: "/").contains { $0 == "." || $0 == ".." }
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
        let ownType = request.body == .none || request.headers.contains(name: "Content-Type") ? [] : ["Content-Type"]
        let absent = request.withoutHeaders.filter { !request.headers.contains(name: $0) }
        let isNamed = absent.contains { HeaderFields.sameName($0, "Content-Type") }
        for name in absent + (isNamed ? [] : ownType) { words += ["-H", ShellQuoting.quote(name + ":")] }
        return words
    }

    private func header(_ field: HeaderField, identity: String?) -> String {
        guard isSensitive(field) else {
            // "Name;" is how curl is told to send an empty value.
            let line = field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
            return ShellQuoting.quote(redactor.redact(line))
        }
        if let identity, !identity.isEmpty, !identity.hasPrefix("-"), identity.utf8.allSatisfy(ShellQuoting.isPlain) {
            let environment = route.environment.map { ["-e", $0] } ?? []
            let words = ["usher", "token", identity, "--header"] + quoted(environment + route.options)
            return "\"$(\(words.joined(separator: " ")))\""
        }
        return ShellQuoting.quote("\(field.name): \(Secret.mask(field.name))")
    }

    private func isSensitive(_ field: HeaderField) -> Bool {
        field.isSensitive || Self.alwaysSensitive.contains { HeaderFields.sameName($0, field.name) }
    }

    private func maskedBody(_ body: HTTPBody) -> (words: [String], remark: String) {
        body == .none ? ([], "") : (["--data-raw", ShellQuoting.quote(Secret.mask("body"))], "")
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
