import Diagnostics
import HTTP
import JSON
import Providers
import Templates

/// Writes the members of a token request in the profile's format.
struct TokenRequestContent {
    let builder: TokenRequestBuilder
    let scope: Scope

    func add(
        _ rules: TokenRequestRules, _ members: RequestMembers, to request: inout HTTPRequest
    ) throws(CredentialError) {
        switch rules.format {
        case .form:
            let form = try builder.rendered { () throws(RequestMembers.NotText) in try members.form() }
            setBody(form, "application/x-www-form-urlencoded", of: &request)
        case .json: setBody(try json(rules, members).text(), "application/json", of: &request)
        case .query:
            request.url.appendQuery(
                try builder.rendered { () throws(RequestMembers.NotText) in try members.query() })
        case .text:
            guard let body = rules.body else { return }
            let value = try builder.filled { () throws(Diagnostic) in try body.value(scope) }
            setBody(value.text ?? "", "text/plain; charset=utf-8", of: &request)
        case .xml:
            guard let body = rules.body else { return }
            setBody(try xml(body), "text/xml; charset=utf-8", of: &request)
        case .none: return
        }
    }

    /// A body that is no object stands as it is.
    private func json(_ rules: TokenRequestRules, _ members: RequestMembers) throws(CredentialError) -> JSONValue {
        if members.members.isEmpty, let body = rules.body {
            return try builder.filled { () throws(Diagnostic) in try body.value(scope) }.json
        }
        return .object(JSONObject(members.present.map { ($0.name, $0.value) }))
    }

    /// The text of the profile, what is inserted escaped.
    private func xml(_ body: JSONTemplate) throws(CredentialError) -> String {
        switch body {
        case .constant(let value): return value.string ?? ""
        case .template(let template):
            return try builder.filled { () throws(Diagnostic) in
                try template.text(scope, escape: XMLEscape.text).text
            }
        case .array, .object: throw builder.profile("the body for the format \"xml\" is a text")
        }
    }

    private func setBody(_ text: String, _ type: String, of request: inout HTTPRequest) {
        request.body = .bytes(Array(text.utf8))
        request.headers.append(HeaderField("Content-Type", type))
    }
}
