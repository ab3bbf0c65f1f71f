import Diagnostics
import HTTP
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

/// Where it is shown why a credential cannot be put into a request.
@Suite("A credential that has no place")
struct ApplyFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// `apply` of the provider.
        let placement: String
        var key = "the-secret-key"
        var headers = "{}"
        let says: String
        /// What the carets stand under.
        let marks: String
    }

    static let faults = [
        Fault(
            testDescription: "a member of a body that is text",
            placement: #"{ "in": "body", "name": "key", "value": "{{secret.key}}" }"#,
            says: "has no place in the body: it is neither JSON nor a form",
            marks: #"{ "in": "body", "name": "key", "value": "{{secret.key}}" }"#),
        Fault(
            testDescription: "a name that is none of a header",
            placement: #"{ "in": "header", "name": "X {{tenant}}", "value": "{{secret.key}}" }"#,
            says: "'X a:b' is not a header name ('tenant' is given at environments/test.json:1:1)",
            marks: #""X {{tenant}}""#),
        Fault(
            testDescription: "a semicolon in a cookie",
            placement: #"{ "in": "cookie", "name": "sid", "value": "{{secret.key}}" }"#, key: "the;secret;key",
            says: "the cookie sid would hold a semicolon", marks: #""{{secret.key}}""#),
        Fault(
            testDescription: "a control character in a header field",
            placement: #"{ "in": "header", "name": "X-Key", "value": "a\n{{secret.key}}" }"#,
            says: "X-Key would hold a control character", marks: #""a\n{{secret.key}}""#),
        Fault(
            testDescription: "a colon in a user name of HTTP Basic",
            placement: #"{ "in": "basic", "username": "{{tenant}}", "password": "{{secret.key}}" }"#,
            says: "a user name with a colon cannot be sent by HTTP Basic ('tenant' is given at",
            marks: #""{{tenant}}""#),
        Fault(
            testDescription: "a control character in a fixed field", placement: "",
            headers: #"{ "X-Tenant": "a\u0007{{tenant}}" }"#,
            says: "the header X-Tenant would hold a control character",
            marks: #""a\u0007{{tenant}}""#),
    ]

    @Test("is shown at the placement", arguments: faults)
    func fault(_ fault: Fault) throws {
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "vars": { "tenant": {} }, "secrets": { "key": {} },
              "headers": \(fault.headers), "auth": { "type": "static" }, "apply": [\(fault.placement)] }
            """)
        let desk = Desk("{}")
        let identity = try desk.bind(provider, vars: ["tenant": "a:b"], secrets: ["key": fault.key])
        var request = HTTPRequest(
            .post, try HTTPURL(parsing: "https://api.acme.test/"), headers: [HeaderField("Content-Type", "text/plain")],
            body: .bytes(Array("hello".utf8)))
        let error = try #require(throws: CredentialError.self) {
            try desk.credential(identity).apply(to: &request)
        }
        #expect(error.message.contains(fault.says), "\(error.message)")
        #expect(try marked(error) == "providers/acme.json: \(fault.marks)")
        #expect(!error.message.contains(fault.key))
    }
}
