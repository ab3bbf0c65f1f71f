import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates

/// A hash over a text that the vendor prescribes, keyed or with the secret in the text.
struct HMACSigner: RequestSigner {
    let context: SigningContext
    let rules: HMACRules
    /// nil: a plain hash.
    let key: [UInt8]?
    /// Vars, secrets and the token.
    let scope: Scope

    func sign(_ request: inout HTTPRequest) throws(CredentialError) {
        let layer = layer(request)
        let text = try filled { () throws(Diagnostic) in try rules.string.text(scope.pushing(layer)) }
        let bytes = Array(text.text.utf8)
        let signature = rules.encoding.text(
            key.map { KeyedHash.code(bytes, key: $0, rules.hash) } ?? KeyedHash.hash(bytes, rules.hash))
        // In a URL it would be shown as part of it.
        if !rules.query.isEmpty { context.hide(signature) }
        let whole = scope.pushing(layer).pushing(
            ["signature": TemplateValue(Secret(signature, label: "\(context.identity).signature"), hosts: nil)])
        var signed = request
        for header in rules.headers {
            let value = try filled { () throws(Diagnostic) in try header.value.text(whole) }
            guard HeaderFields.isSafeValue(value.text) else {
                throw context.failure(
                    "the header \(header.name) would hold a control character", at: header.value.span)
            }
            context.set(header.name, value.text, isSensitive: value.taint != nil, in: &signed)
        }
        for parameter in rules.query {
            let value = try filled { () throws(Diagnostic) in try parameter.value.text(whole) }
            signed.url.appendQuery("\(PercentEncoding.encode(parameter.name))=\(PercentEncoding.encode(value.text))")
        }
        request = signed
    }

    private func layer(_ request: HTTPRequest) -> Scope.Layer {
        let body = request.bodyBytes
        var values: [String: String] = [
            "method": request.method.rawValue, "url": request.url.text, "host": request.url.hostField,
            "path": request.url.path, "query": request.url.query ?? "", "body": String(decoding: body, as: UTF8.self),
            "timestamp": timestamp, "nonce": Hexadecimal.encode(context.chance.bytes(16)),
            "contentType": request.headers["Content-Type"] ?? "",
        ]
        values["bodyHash"] = rules.bodyHashEncoding.text(KeyedHash.hash(body, rules.bodyHash))
        return Scope.Layer(uniqueKeysWithValues: values.map { ("request.\($0)", TemplateValue(.string($1))) })
    }

    private var timestamp: String {
        let now = context.clock.wall()
        return switch rules.timestamp {
        case .epoch: String(now / 1000)
        case .epochMilliseconds: String(now)
        case .rfc3339: CalendarTime(now).rfc3339
        case .http: CalendarTime(now).httpDate
        }
    }

    private func filled(_ body: () throws(Diagnostic) -> RenderedText) throws(CredentialError) -> RenderedText {
        do throws(Diagnostic) {
            return try body()
        } catch {
            throw context.failure(error.title, at: error.span ?? rules.string.span)
        }
    }
}
