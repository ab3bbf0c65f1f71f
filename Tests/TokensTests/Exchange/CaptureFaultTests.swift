import Diagnostics
import HTTP
import Providers
import TestSupport
import Testing
import Tokens

/// Captures that find nothing: of the token answer, and of a step before it.
@Suite("A capture that finds nothing")
struct CaptureFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Members of `auth` and the provider behind its token request.
        let more: String
        var body = "{}"
        let says: String
        /// What the carets stand under; nil: there is no error.
        let marks: String?
    }

    private static func applied(_ value: String, _ more: String = "") -> String {
        #""response": { "capture": { "tenant": "/tenant/id" } } }, "apply": [ { "in": "header", "name": "X", "value": "\#(value)"\#(more) } ]"#
    }

    private static func step(_ body: String) -> String {
        #"""
        "steps": [ { "id": "login", "request": { "url": "https://auth.acme.test/login", "body": {} },
          "response": { "capture": { "sid": "/sid" } } } ], "params": { "s": "\#(body)" } }
        """#
    }

    static let faults = [
        Fault(
            testDescription: "one that every call needs", more: applied("{{captured.tenant}}"),
            says: "the answer of auth.acme.test holds nothing at /tenant/id, which 'captured.tenant' at "
                + "providers/acme.json:4:114 needs; the answer has /access_token, /expires_in, /kind",
            marks: #""/tenant/id""#),
        Fault(
            testDescription: "one that has another value in its place", more: applied("{{captured.tenant ?? 'none'}}"),
            says: "", marks: nil),
        Fault(
            testDescription: "one whose placement is left out",
            more: applied("{{captured.tenant}}", #", "when": "captured.tenant""#),
            says: "", marks: nil),
        Fault(
            testDescription: "one of a step", more: step("{{steps.login.sid}}"), body: #"{"session":"abc"}"#,
            says: "the answer of auth.acme.test to the step 'login' holds no 'sid' at /sid; the answer has /session",
            marks: #""/sid""#),
        Fault(
            testDescription: "a part of a step's body", more: step("{{steps.login.body.id}}"),
            body: #"{"sid":"abc","user":"x"}"#,
            says:
                "'steps.login.body.id' is not defined; the steps so far gave steps.login.body with sid, user, steps.login.sid",
            marks: "steps.login.body.id"),
    ]

    @Test("is shown at the capture, with what the answer has", arguments: faults)
    func fault(_ fault: Fault) async throws {
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "clientId": {}, "clientSecret": {} },
              "hosts": ["*.acme.test"], "auth": { "type": "token", "grant": "client_credentials",
              "request": { "url": "https://auth.acme.test/token" },
              \(fault.more) }
            """)
        let desk = Desk { request in
            ok(request.url.path == "/login" ? fault.body : #"{"access_token":"a-token-1","expires_in":60,"kind":"x"}"#)
        }
        let identity = try desk.bind(provider, secrets: acmeSecrets)
        guard let marks = fault.marks else {
            #expect(try await desk.broker.credential(for: identity).token != nil)
            return
        }
        let error = try await desk.refusal(identity)
        #expect(error.message.hasSuffix(fault.says), "\(error.message)")
        #expect(try marked(error) == "providers/acme.json: \(marks)")
    }
}
