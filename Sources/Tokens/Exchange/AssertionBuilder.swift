import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates

/// Makes the JWTs that a client signs (RFC 7523 §3).
struct AssertionBuilder {
    let rules: AssertionRules
    var scope: Scope
    /// Milliseconds since 1970.
    let now: Int64
    let chance: Chance
    /// Made to the claims last; nil: none.
    var change: AssertionChange?

    /// The usual claims of its use, which the profile's replace.
    struct Usual {
        /// `iss` and `sub`: the client.
        var client: String?
        var audience: String?
    }

    enum Failure: Error {
        case template(Diagnostic)
        /// Completes "the key …": it is no key, or of another kind.
        case unreadable(KeyRules, String)
        case unfit(KeyRules, String)
    }

    func jwt(_ usual: Usual) throws(Failure) -> String {
        let key = try key()
        var builder = self
        builder.scope.push(Self.layer(key))
        let (header, claims) = (try builder.header(key), try builder.claims(usual))
        do throws(SigningKey.Refusal) {
            return try key.jws(header: header, payload: Array(claims.text().utf8), rules.algorithm)
        } catch {
            throw .unfit(rules.key, error.reason)
        }
    }

    /// `key.X`: what others know of the key.
    private static func layer(_ key: SigningKey) -> Scope.Layer {
        let values = [("id", key.id), ("thumbprint", key.thumbprint), ("fingerprint", key.fingerprint)]
        return Scope.Layer(
            uniqueKeysWithValues: values.compactMap { name, text in
                text.map { ("key.\(name)", TemplateValue(.string($0))) }
            })
    }

    private func key() throws(Failure) -> SigningKey {
        let text = try filled { () throws(Diagnostic) in try rules.key.value.text(scope).text }
        do throws(SigningKey.Refusal) {
            return try SigningKey(parsing: text, as: rules.key.encoding)
        } catch {
            throw .unreadable(rules.key, error.reason)
        }
    }

    private func header(_ key: SigningKey) throws(Failure) -> JSONValue {
        var members = RequestMembers()
        members.set("alg", .string(rules.algorithm.rawValue))
        members.set("typ", "JWT")
        if let id = key.id { members.set("kid", .string(id)) }
        for member in rules.header { members.set(member.name, try json(member.value)) }
        return object(members)
    }

    /// Whole seconds: some servers refuse fractions (RFC 7519 §2 allows them).
    private func claims(_ usual: Usual) throws(Failure) -> JSONValue {
        var members = RequestMembers()
        if let client = usual.client {
            members.set("iss", .string(client))
            members.set("sub", .string(client))
        }
        let audience = try rules.audience.map { (template) throws(Failure) in
            try filled { () throws(Diagnostic) in try template.text(scope).text }
        }
        if let audience = audience ?? usual.audience { members.set("aud", .string(audience)) }
        let seconds = Int(now / 1000)
        members.set("iat", .number(JSONNumber(seconds)))
        members.set("exp", .number(JSONNumber(seconds + Int(rules.lifetime.components.seconds))))
        if rules.hasID { members.set("jti", .string(chance.text(16))) }
        for member in rules.claims { members.set(member.name, try json(member.value)) }
        var claims = JSONObject(members.present.map { ($0.name, $0.value) })
        change?.apply(to: &claims, now: seconds)
        return .object(claims)
    }

    private func object(_ members: RequestMembers) -> JSONValue {
        .object(JSONObject(members.present.map { ($0.name, $0.value) }))
    }

    private func json(_ template: JSONTemplate) throws(Failure) -> JSONValue {
        try filled { () throws(Diagnostic) in try template.value(scope).json }
    }

    private func filled<Value>(_ body: () throws(Diagnostic) -> Value) throws(Failure) -> Value {
        do throws(Diagnostic) {
            return try body()
        } catch {
            throw .template(error)
        }
    }
}
