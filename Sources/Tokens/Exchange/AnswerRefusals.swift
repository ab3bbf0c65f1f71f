import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates

/// What is said about an answer without a token: its status and error texts, never a value.
extension AnswerReader {
    /// - Parameter exchange: says what was asked for.
    func refusal(_ response: HTTPResponse, _ values: AnswerValues, _ exchange: Exchange) -> CredentialError {
        let action =
            exchange.step.map { "refused the step '\($0)' to '\(identity.name)'" }
            ?? (exchange.origin == .login
                ? "refused a token to '\(identity.name)'" : "refused to renew the token of '\(identity.name)'")
        let delay = RetryDelay(response, identity.provider.retry, sentAt: exchange.sentWall)
        let isLimit = response.status == 429
        let said = reason(values)
        let silence =
            said.isEmpty && !values.names.isEmpty ? has(values) + " ('response.error' names what to show)" : ""
        let message =
            isLimit
            ? "\(exchange.url.host) is asked for tokens too often: status 429\(delay.phrase)"
            : "\(exchange.url.host) \(action): status \(response.status)" + said + silence + delay.phrase
        let fault = fault(response, values, exchange)
        return CredentialError(
            isLimit ? .rateLimited : .refused, identity: identity.name,
            redactor.redact(message + (fault?.remark ?? "")), status: response.status, retryAfter: delay.duration,
            place: fault?.place)
    }

    /// What a refusal is due to, where that is not the credential: the address, where nothing answers to such a request,
    /// or a scope that is not to be had (RFC 6749 §5.2).
    private func fault(
        _ response: HTTPResponse, _ values: AnswerValues, _ exchange: Exchange
    ) -> GivenPlaces.Fault? {
        if [404, 405, 410].contains(response.status) { return identity.addressFault(exchange.url) }
        return values.text(rules.errorCode) == "invalid_scope" ? identity.scopeFault : nil
    }

    /// Code and description, without control characters and cut to a readable length.
    func reason(_ values: AnswerValues) -> String {
        let code = values.text(rules.errorCode).map(readable)
        let description = values.text(rules.errorDescription).map(readable)
        switch (code, description) {
        case (let code?, let description?) where code != description: return ", \(code) (\(description))"
        case (let text?, _), (nil, let text?): return ", \(text)"
        case (nil, nil): return ""
        }
    }

    private func readable(_ text: String) -> String { ForeignText.readable(text, redactor) }

    /// Nobody follows a redirect with a credential in the body (RFC 9110 §15.4: 301 and 302 would make a GET of it).
    func redirect(_ response: HTTPResponse, _ url: HTTPURL) -> CredentialError {
        let target = response.headers.values("Location").first.flatMap { try? url.resolving($0) }
        let place = target.map { "to \($0.origin)\($0.path)" } ?? "to nowhere"
        return CredentialError(
            .redirect, identity: identity.name,
            redactor.redact(
                "the token URL \(url.origin)\(url.path) redirects \(place) (status \(response.status)); "
                    + "a credential does not follow redirects, write that URL into the provider if it is right"),
            status: response.status, place: identity.addressFault(url)?.place)
    }

    func noToken(_ response: HTTPResponse, _ values: AnswerValues, _ exchange: Exchange) -> CredentialError {
        guard values.isReadable else {
            let type = response.headers["Content-Type"].map { " labelled \(readable($0))" } ?? ""
            return bad(
                "the answer of \(exchange.url.host) is not \(rules.format.rawValue.uppercased()): \(response.bodySize) bytes\(type)",
                response, identity.addressFault(exchange.url)?.place)
        }
        let reason = reason(values)
        let isElsewhere = values.value(rules.token) == nil
        return bad(
            "the answer of \(exchange.url.host) holds no token at \(rules.token.phrase)"
                + (reason.isEmpty ? isElsewhere ? has(values) : "" : "; it says\(reason.dropFirst())"), response,
            rules.token.span ?? identity.addressFault(exchange.url)?.place)
    }

    /// A capture that found nothing, though calls need it. A renewal keeps what the login gave.
    func missingCapture(
        _ found: Found, _ values: AnswerValues, _ response: HTTPResponse, _ exchange: Exchange
    ) -> CredentialError? {
        for capture in rules.capture where !found.captured.contains(where: { $0.0.name == capture.name }) {
            guard let use = identity.provider.place(needing: capture.name) else { continue }
            return bad(
                "the answer of \(exchange.url.host) holds nothing at \(capture.at.phrase), which 'captured."
                    + "\(capture.name)' at \(use.place) needs" + has(values), response, capture.at.span ?? use)
        }
        return nil
    }

    /// A status of success that the profile does not call one, or a condition that looks where nothing is: what does not
    /// fit is the profile. nil: the service itself says no.
    func misread(_ response: HTTPResponse, _ values: AnswerValues, _ exchange: Exchange) -> CredentialError? {
        guard (200...299).contains(response.status) else { return nil }
        let host = exchange.url.host
        guard rules.success.statuses.contains(response.status) else {
            let known = rules.success.statuses.map(String.init)
            return bad(
                "\(host) answered status \(response.status), which the provider does not call success "
                    + "(response.success: \(Shape.alternatives(known)))", response, rules.success.span)
        }
        guard let condition = rules.success.condition, case .equals = condition.test,
            values.value(condition.at) == nil, values.text(rules.errorCode) == nil
        else { return nil }
        return bad(
            "\(host) answered \(response.status), and response.success looks at \(condition.at.phrase), where nothing is"
                + has(values), response, condition.at.span)
    }

    /// The names of what an answer holds.
    func has(_ values: AnswerValues) -> String {
        let names = values.names.prefix(12).map(readable)
        return names.isEmpty ? "" : "; the answer has \(names.joined(separator: ", "))"
    }

    func bad(_ message: String, _ response: HTTPResponse, _ place: Span? = nil) -> CredentialError {
        CredentialError(
            .badAnswer, identity: identity.name, redactor.redact(message), status: response.status, place: place)
    }

    func expired(_ exchange: Exchange, hasDate: Bool) -> CredentialError {
        CredentialError(
            .expired, identity: identity.name,
            "the token that \(exchange.url.host) answered with has already expired"
                + (hasDate ? "" : "; is this machine's clock right?"))
    }
}
