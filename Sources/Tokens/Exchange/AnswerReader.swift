import HTTP
import JSON
import Providers
import Secrets

/// Reads the answer of a token service by the profile's rules.
struct AnswerReader {
    let identity: BoundIdentity
    let rules: TokenResponseRules
    let redactor: Redactor

    /// What is known of the exchange itself.
    struct Exchange {
        let url: HTTPURL
        let origin: TokenInfo.Origin
        /// Both clocks when the request was sent.
        let sentMonotonic: Int64
        let sentWall: Int64
        /// The step that it is, where it is no token request.
        var step: String?
    }

    /// - Throws: `CredentialError`; everything secret in the answer is known to the redactor by then.
    func read(_ response: HTTPResponse, _ exchange: Exchange) throws(CredentialError) -> StoredToken {
        let values = AnswerValues(response, rules.format)
        let found = Found(values, rules)
        register(found)
        if (300...399).contains(response.status) { throw redirect(response, exchange.url) }
        guard rules.success.statuses.contains(response.status), rules.success.condition.map(values.meets) ?? true else {
            throw misread(response, values, exchange) ?? refusal(response, values, exchange)
        }
        guard let token = found.token else { throw noToken(response, values, exchange) }
        guard HeaderFields.isSafeValue(token) else {
            throw bad("the token in the answer of \(exchange.url.host) holds a control character", response)
        }
        if exchange.origin == .login, let missing = missingCapture(found, values, response, exchange) { throw missing }
        return try stored(token, found, values, response, exchange)
    }

    struct Found {
        let token: String?
        let refresh: String?
        let captured: [(TokenCapture, String)]

        init(_ values: AnswerValues, _ rules: TokenResponseRules) {
            token = values.text(rules.token)
            refresh = values.text(rules.refreshToken)
            captured = rules.capture.compactMap { capture in values.text(capture.at).map { (capture, $0) } }
        }
    }

    private func register(_ found: Found) {
        if let token = found.token { redactor.register(token, label: "\(identity.name).token") }
        if let refresh = found.refresh { redactor.register(refresh, label: "\(identity.name).refreshToken") }
        for (capture, text) in found.captured where capture.isSecret {
            redactor.register(text, label: "\(identity.name).\(capture.name)")
        }
    }

    private func stored(
        _ token: String, _ found: Found, _ values: AnswerValues, _ response: HTTPResponse, _ exchange: Exchange
    ) throws(CredentialError) -> StoredToken {
        let server = response.headers["Date"].flatMap(Timestamp.parse(httpDate:))
        let moment = TokenLifetime.Moment(sent: exchange.sentWall, server: server)
        let lifetime = TokenLifetime.of(
            stated: values.value(rules.expiry?.at), claims: JWTClaims(token), rules, at: moment)
        if let left = lifetime.milliseconds, left <= 0 { throw expired(exchange, hasDate: server != nil) }
        let refreshLife = TokenLifetime.ofRefresh(
            stated: values.value(rules.refreshExpiry?.at), rules.refreshExpiry, at: moment)
        let type = type(values)
        let info = TokenInfo(
            value: Secret(token, label: "\(identity.name).token"), type: type.sent, statedType: type.stated,
            obtainedAt: exchange.sentWall, expiresAt: lifetime.milliseconds.map { exchange.sentWall + $0 },
            lifetime: lifetime, grantedScope: scope(values), origin: exchange.origin,
            hasRefreshToken: found.refresh != nil, refreshExpiresAt: refreshLife.map { exchange.sentWall + $0 })
        return StoredToken(
            info: info, endsAt: lifetime.milliseconds.map { exchange.sentMonotonic + $0 },
            usableUntil: lifetime.milliseconds.map { life in
                exchange.sentMonotonic + life - lifetime.margin(skew: identity.provider.cache.skew)
            },
            captured: captured(found),
            refresh: found.refresh.map { text in
                RefreshToken(
                    value: Secret(text, label: "\(identity.name).refreshToken"),
                    endsAt: refreshLife.map { exchange.sentMonotonic + $0 })
            })
    }

    private func captured(_ found: Found) -> [String: CapturedValue] {
        var result: [String: CapturedValue] = [:]
        for (capture, text) in found.captured {
            let label = "\(identity.name).\(capture.name)"
            result[capture.name] = CapturedValue(secret: Secret(text, label: label), isSecret: capture.isSecret)
        }
        return result
    }

    private func type(_ values: AnswerValues) -> (sent: String, stated: String?) {
        let stated = values.text(rules.type.at).flatMap { HeaderFields.isToken($0) ? $0 : nil }
        let word = stated ?? rules.type.defaultType
        switch rules.type.send {
        case .echo: return (word, stated)
        case .fixed(let fixed): return (fixed, stated)
        case .canonical:
            if HeaderFields.sameName(word, "bearer") { return ("Bearer", stated) }
            return (HeaderFields.sameName(word, "dpop") ? "DPoP" : word, stated)
        }
    }

    private func scope(_ values: AnswerValues) -> [String]? {
        switch values.value(rules.scope?.at) {
        case .array(let elements)?: return elements.compactMap(TextForm.of)
        case .string(let text)?:
            if let separator = rules.scope?.separator, let first = separator.first {
                return text.split(separator: first).map(Self.trimmed)
            }
            return text.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
        default: return nil
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " })
    }
}
