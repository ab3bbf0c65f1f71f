import Diagnostics
import HTTP
import JSON
import Providers
import TestSupport
import Testing

@testable import Tokens

/// Where it is shown why a person cannot sign in, as far as the provider's file decides it.
@Suite("A sign-in that the provider's file spoils")
struct SignInFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var grant = "authorization_code"
        /// Members of `auth`.
        let auth: String
        /// What the browser brings back beside the state.
        var redirect = "code=c"
        var metadata = "{}"
        var secrets = #""clientId": { "sensitive": false }"#
        var port: Int?
        let says: String
        /// What the carets stand under.
        let marks: String
    }

    private static let url = #""authorizeURL": "https://auth.acme.test/authorize""#
    private static let discovery = #""discovery": { "url": "https://auth.acme.test/metadata" }"#

    static let faults = [
        Fault(
            testDescription: "a port that is taken", auth: #""interactive": { \#(url), "redirect": { "port": 5012 } }"#,
            port: 5012, says: "cannot listen for the browser on 127.0.0.1: it is taken", marks: "5012"),
        Fault(
            testDescription: "no authorization endpoint", auth: discovery,
            says: "the server's metadata names no authorization_endpoint", marks: #""https://auth.acme.test/metadata""#),
        Fault(
            testDescription: "no endpoint for devices", grant: "device_code", auth: discovery,
            says: "the server's metadata names no URL for it", marks: #""https://auth.acme.test/metadata""#),
        Fault(
            testDescription: "an endpoint for devices that is none", grant: "device_code",
            auth: #""interactive": { "deviceURL": "https://auth.acme.test/device" }"#,
            says: "lacks device_code, user_code or a verification_uri", marks: #""https://auth.acme.test/device""#),
        Fault(
            testDescription: "a scope that is not to be had",
            auth: #""interactive": { \#(url) }, "scope": { "values": ["a", "b"] }"#, redirect: "error=invalid_scope",
            says: "the sign-in ended with invalid_scope", marks: #"["a", "b"]"#),
        Fault(
            testDescription: "a server that does not name itself", auth: #""interactive": { \#(url), "iss": true }"#,
            says: "the redirect does not say who issued it", marks: "true"),
        Fault(
            testDescription: "a server that names itself otherwise", auth: discovery,
            redirect: "code=c&iss=https://other.test",
            metadata:
                #"{"issuer":"https://auth.acme.test","authorization_endpoint":"https://auth.acme.test/authorize"}"#,
            says: "the redirect comes from the issuer 'https://other.test'",
            marks: #""https://auth.acme.test/metadata""#),
        Fault(
            testDescription: "a secret in the URL for the browser", auth: #""interactive": { \#(url) }"#,
            secrets: #""clientId": {}"#, says: "the URL for the browser would show a secret", marks: #""clientId""#),
        Fault(
            testDescription: "an object among the parameters",
            auth: #""interactive": { \#(url), "params": { "claims": { "a": 1 } } }"#,
            says: "'claims' of 'interactive' is an object, which a URL cannot hold",
            marks: #"{ \#(url), "params": { "claims": { "a": 1 } } }"#),
    ]

    @Test("is shown there", arguments: faults)
    func fault(_ fault: Fault) async throws {
        let person = FakePerson { "/callback?\(fault.redirect)&state=\($0["state"] ?? "")" }
        let usual = person.desk
        let desk = Desk(
            person: PersonDesk(
                open: usual.open, show: usual.show,
                listen: { port throws(PersonDesk.ListenError) in
                    if port == fault.port { throw PersonDesk.ListenError("it is taken") }
                    return try await usual.listen(port)
                })
        ) { request in ok(request.url.path == "/metadata" ? fault.metadata : "{}") }
        let request = fault.auth.contains("discovery") ? "" : #""request": { "url": "https://auth.acme.test/token" }, "#
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { \(fault.secrets) },
              "auth": { "type": "token", "grant": "\(fault.grant)", \(request)"clientAuth": { "method": "none" },
                \(fault.auth) } }
            """)
        let error = try await desk.refusal(try desk.bind(provider, secrets: ["clientId": "the-client"]))
        #expect(error.message.contains(fault.says), "\(error.message)")
        #expect(try marked(error) == "providers/acme.json: \(fault.marks)")
    }
}
