import Diagnostics
import HTTP
import JSON
import Secrets
import Templates
import Workspace

/// A request with all placeholders filled, before a credential is applied.
struct RenderedRequest: Sendable {
    var request: HTTPRequest
    /// Secrets that stand in it, and where they may go.
    var taint: Taint?
}

/// Fills the placeholders of a request.
struct RequestRenderer: Sendable {
    let request: Request
    let options: TransferDefaults

    /// - Throws: a `Diagnostic` at the place in the collection file.
    func render(_ scope: Scope) throws(Diagnostic) -> RenderedRequest {
        let target = try request.url.rendered(scope)
        var (url, taint) = try self.url(target, scope)
        // Hosts are written in lower case, which is no form of the secret.
        if let label = target.secretHost { scope.redactor?.register(url.host, label: label) }
        // A secret somewhere in the URL as it is written: which of its parameters holds it is not known.
        var sensitiveQuery = taint == nil ? [] : Self.names(of: url.query)
        sensitiveQuery.formUnion(try appendQuery(to: &url, scope, &taint))
        var headers = HeaderFields()
        var absent: [String] = []
        for parameter in request.headers {
            let count = headers.count
            try append(parameter, to: &headers, scope, &taint)
            // `null` sends nothing, not even what would be sent if nobody said anything (formats.md R0).
            if headers.count == count { absent.append(parameter.name) }
        }
        var rendered = HTTPRequest(
            request.method, url, headers: headers, timeout: options.timeout ?? request.timeout,
            maxBody: options.maxBody)
        rendered.sensitiveQuery = sensitiveQuery
        rendered.sensitivePath = target.secretSegments
        rendered.withoutHeaders = absent
        try setBody(of: &rendered, scope, &taint)
        return RenderedRequest(request: rendered, taint: taint)
    }

    private func url(_ target: RenderedURL, _ scope: Scope) throws(Diagnostic) -> (HTTPURL, Taint?) {
        var rendered = target
        if rendered.text.hasPrefix("/") {
            guard let base = scope["baseURL"], let text = base.text else {
                throw Diagnostic(
                    code: "no-base-url", "the URL starts with '/', but there is no base URL",
                    at: request.url.template.span,
                    help: "give the collection a 'provider', or a variable 'baseURL'")
            }
            rendered.text = (text.hasSuffix("/") ? String(text.dropLast()) : text) + rendered.text
            rendered.taint = Taint.join(rendered.taint, base.taint)
        }
        do throws(HTTPURL.ParseError) {
            return (try HTTPURL(parsing: rendered.text), rendered.taint)
        } catch {
            throw Diagnostic(
                code: "bad-url", "the URL \(error.reason(isSecret: rendered.taint != nil))",
                at: request.url.template.span)
        }
    }

    private static func names(of query: String?) -> Set<String> {
        Set((query ?? "").split(separator: "&").map { pair in String(pair.prefix { $0 != "=" }) })
    }

    /// The names of those parameters whose values are secret.
    private func appendQuery(
        to url: inout HTTPURL, _ scope: Scope, _ taint: inout Taint?
    ) throws(Diagnostic) -> Set<String> {
        guard !request.query.isEmpty else { return [] }
        var pairs: [String] = []
        var sensitive: Set<String> = []
        for parameter in request.query {
            let name = PercentEncoding.encode(parameter.name)
            var own: Taint?
            for text in try texts(parameter, scope, &own) { pairs.append(name + "=" + PercentEncoding.encode(text)) }
            if own != nil { sensitive.insert(name) }
            taint = Taint.join(taint, own)
        }
        url.appendQuery(pairs.joined(separator: "&"))
        return sensitive
    }

    private func append(
        _ parameter: Parameter, to headers: inout HeaderFields, _ scope: Scope, _ taint: inout Taint?
    ) throws(Diagnostic) {
        var own: Taint?
        for text in try texts(parameter, scope, &own) {
            guard HeaderFields.isSafeValue(text) else {
                throw Diagnostic(
                    code: "bad-header-value", "the value of '\(parameter.name)' holds a control character",
                    at: parameter.span)
            }
            headers.append(HeaderField(parameter.name, text, isSensitive: own != nil))
        }
        taint = Taint.join(taint, own)
    }

    /// One text per value; a placeholder that yields a list counts for each of its elements.
    private func texts(
        _ parameter: Parameter, _ scope: Scope, _ taint: inout Taint?
    ) throws(Diagnostic) -> [String] {
        var result: [String] = []
        for template in parameter.values {
            let value = try template.value(scope)
            taint = Taint.join(taint, value.taint)
            if value.json == .null { continue }
            for element in value.json.array ?? [value.json] {
                guard let text = TemplateValue(element).text else {
                    throw Diagnostic(
                        code: "not-text", "\(element.kind.phrase) cannot be sent as '\(parameter.name)'",
                        at: parameter.span, help: "make text of it: {{ json(x) }}")
                }
                result.append(text)
            }
        }
        return result
    }

    private func setBody(of rendered: inout HTTPRequest, _ scope: Scope, _ taint: inout Taint?) throws(Diagnostic) {
        let type: String
        var own: Taint?
        switch request.body {
        case nil: return
        case .json(let template):
            let value = try template.value(scope)
            own = value.taint
            var bytes: [UInt8] = []
            JSONWriter().write(value.json, to: &bytes)
            rendered.body = .bytes(bytes)
            type = "application/json"
        case .form(let parameters):
            rendered.body = .bytes(Array(try form(parameters, scope, &own).utf8))
            type = "application/x-www-form-urlencoded"
        case .text(let template, let textType):
            let text = try template.text(scope)
            own = text.taint
            rendered.body = .bytes(Array(text.text.utf8))
            type = textType
        }
        rendered.bodyIsSensitive = own != nil
        taint = Taint.join(taint, own)
        let isAbsent = rendered.withoutHeaders.contains { HeaderFields.sameName($0, "Content-Type") }
        if !isAbsent, !rendered.headers.contains(name: "Content-Type") {
            rendered.headers.append(HeaderField("Content-Type", type))
        }
    }

    private func form(_ parameters: [Parameter], _ scope: Scope, _ taint: inout Taint?) throws(Diagnostic) -> String {
        var pairs: [String] = []
        for parameter in parameters {
            for text in try texts(parameter, scope, &taint) {
                pairs.append(PercentEncoding.form(parameter.name) + "=" + PercentEncoding.form(text))
            }
        }
        return pairs.joined(separator: "&")
    }
}

/// What options say about every transfer.
package struct TransferDefaults: Sendable {
    /// `--timeout`: replaces the default and what files say.
    package var timeout: Duration?
    package var maxBody: Int

    package init(timeout: Duration? = nil, maxBody: Int = 10 << 20) {
        self.timeout = timeout
        self.maxBody = maxBody
    }
}
