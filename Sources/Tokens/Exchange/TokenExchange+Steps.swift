import HTTP
import JSON
import Providers
import Secrets
import Templates

extension TokenExchange {
    /// Takes one step of the chain: what its answer gives stands under `steps.ID.X` afterwards.
    func take(_ step: StepRules, _ builder: TokenRequestBuilder) async throws(CredentialError) -> Scope.Layer {
        let identity = builder.identity
        var (response, exchange) = try await answer(to: try builder.step(step), .login, identity)
        exchange.step = step.id
        let values = AnswerValues(response, step.response.format)
        let reader = AnswerReader(
            identity: identity, rules: step.response, redactor: redactor)
        let layer = StepLayer(step: step, identity: identity, redactor: redactor).layer(values)
        // A redirect after a login page is an answer where the profile says so: its cookies are what is wanted.
        guard step.response.success.statuses.contains(response.status) else {
            if (300...399).contains(response.status) { throw reader.redirect(response, exchange.url) }
            throw reader.misread(response, values, exchange) ?? reader.refusal(response, values, exchange)
        }
        guard step.response.success.condition.map(values.meets) ?? true else {
            throw reader.misread(response, values, exchange) ?? reader.refusal(response, values, exchange)
        }
        if let missing = step.response.capture.first(where: { layer["steps.\(step.id).\($0.name)"] == nil }) {
            throw reader.bad(
                "the answer of \(exchange.url.host) to the step '\(step.id)' holds no '\(missing.name)' at "
                    + missing.at.phrase + reader.has(values), response, missing.at.span)
        }
        return layer
    }

    /// The token of the type `jwt`: nothing is sent.
    func selfSigned(_ identity: BoundIdentity, _ rules: TokenRules) throws(CredentialError) -> StoredToken {
        let text = try builder(identity, rules, Endpoints()).selfSigned()
        redactor.register(text, label: "\(identity.name).token")
        let lifetime = TokenLifetime(
            milliseconds: (rules.assertion?.lifetime ?? .seconds(300)).wholeMilliseconds, source: .jwt)
        let (wall, monotonic) = (clock.wall(), clock.monotonic())
        let info = TokenInfo(
            value: Secret(text, label: "\(identity.name).token"), type: "Bearer", statedType: nil, obtainedAt: wall,
            expiresAt: lifetime.milliseconds.map { wall + $0 }, lifetime: lifetime, grantedScope: nil, origin: .login,
            hasRefreshToken: false, refreshExpiresAt: nil)
        return StoredToken(info: info, endsAt: nil, usableUntil: nil, captured: [:], refresh: nil)
            .ending(lifetime, from: (wall, monotonic), skew: identity.provider.cache.skew)
    }
}

/// What a step's answer gives; all of it may be secret, and so all of it is.
private struct StepLayer {
    let step: StepRules
    let identity: BoundIdentity
    let redactor: Redactor

    func layer(_ values: AnswerValues) -> Scope.Layer {
        var layer: Scope.Layer = [:]
        for capture in step.response.capture {
            guard let text = values.text(capture.at) else { continue }
            if capture.isSecret { redactor.register(text, label: label(capture.name)) }
            layer["steps.\(step.id).\(capture.name)"] =
                capture.isSecret
                ? TemplateValue(Secret(text, label: label(capture.name)), hosts: identity.hosts)
                : TemplateValue(.string(text))
        }
        if let cookies = values.cookies {
            redactor.register(cookies, label: label("cookies"))
            for pair in cookies.split(separator: ";") {
                if let value = pair.split(separator: "=", maxSplits: 1).last {
                    redactor.register(String(value), label: label("cookies"))
                }
            }
            layer["steps.\(step.id).cookies"] = TemplateValue(
                Secret(cookies, label: label("cookies")), hosts: identity.hosts)
        }
        layer["steps.\(step.id).body"] = body(values)
        return layer
    }

    private func body(_ values: AnswerValues) -> TemplateValue {
        let body = values.body
        register(body)
        return TemplateValue(body, taint: Taint(labels: [label("body")], hosts: identity.hosts))
    }

    /// Texts long enough to be a token; shorter ones are words.
    private func register(_ value: JSONValue) {
        switch value {
        case .string(let text): if text.utf8.count >= 16 { redactor.register(text, label: label("body")) }
        case .array(let elements): for element in elements { register(element) }
        case .object(let object): for member in object { register(member.value) }
        case .null, .boolean, .number: return
        }
    }

    private func label(_ name: String) -> String { "\(identity.name).\(step.id).\(name)" }
}

extension StoredToken {
    /// With an end that is known only now.
    func ending(_ lifetime: TokenLifetime, from start: (wall: Int64, monotonic: Int64), skew: Duration?) -> StoredToken
    {
        var token = self
        token.info.lifetime = lifetime
        token.info.expiresAt = lifetime.milliseconds.map { start.wall + $0 }
        token.endsAt = lifetime.milliseconds.map { start.monotonic + $0 }
        token.usableUntil = lifetime.milliseconds.map { start.monotonic + $0 - lifetime.margin(skew: skew) }
        return token
    }
}

extension URLTemplate {
    /// Needs the answer of a step.
    var usesSteps: Bool { names.contains { $0.path.root == "steps" } }
}
