import Diagnostics
import HTTP
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

/// Where it is shown why a request cannot be signed: in the provider's file, or at the secret in the environment's.
@Suite("A signature that cannot be made")
struct SignFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// `sign` of the provider.
        let sign: String
        /// Of the secret `key`.
        var key = "a-shared-key"
        let says: String
        /// What the carets stand under.
        let marks: String
        var file = "providers/acme.json"
    }

    static let faults = [
        Fault(
            testDescription: "a key that is no hexadecimal is the secret's fault",
            sign: #""scheme": "hmac", "keyEncoding": "hex", "string": "x", "headers": { "X-S": "{{signature}}" }"#,
            says: #"the key is not hexadecimal; it stands in the secret 'key', which is read as "hex""#,
            marks: #"{ "env": "KEY" }"#, file: "environments/test.json"),
        Fault(
            testDescription: "a key that is no PEM is the secret's fault",
            sign: #""scheme": "http-signature", "algorithm": "ed25519""#,
            says: #"the key is not PEM (-----BEGIN PRIVATE KEY-----); it stands in the secret 'key'"#,
            marks: #"{ "env": "KEY" }"#, file: "environments/test.json"),
        Fault(
            testDescription: "a private key where a shared one is wanted",
            sign: #""scheme": "hmac", "keyEncoding": "jwk", "string": "x", "headers": { "X-S": "{{signature}}" }"#,
            key: #"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#,
            says: "the key is an Ed25519 key, not a shared key; it stands in the secret 'key', bound at environments/",
            marks: #""jwk""#),
        Fault(
            testDescription: "a key of another kind than the algorithm's",
            sign: #""scheme": "http-signature", "algorithm": "ed25519", "keyEncoding": "jwk""#,
            key: #"{"kty":"oct","k":"c2hhcmVkLWtleQ"}"#,
            says: "the key is a shared key, but EdDSA needs an Ed25519 key; it stands in the secret 'key', bound at",
            marks: #""ed25519""#),
        Fault(
            testDescription: "a template without a value",
            sign: #""scheme": "hmac", "string": "{{request.query.first}}", "headers": { "X-S": "{{signature}}" }"#,
            says: "'request.query.first' is not defined", marks: "request.query.first"),
        Fault(
            testDescription: "a function that does not take its value",
            sign:
                #""scheme": "hmac", "string": "x", "headers": { "X-S": "{{int(request.method)}}{{signature}}" }"#,
            says: "int", marks: "int"),
        Fault(
            testDescription: "a control character in the field that carries the signature",
            sign: #""scheme": "hmac", "string": "x", "headers": { "X-S": "{{secret.key}}\n{{signature}}" }"#,
            says: "the header X-S would hold a control character", marks: #""{{secret.key}}\n{{signature}}""#),
        Fault(
            testDescription: "a field that the signature covers and the request lacks",
            sign:
                #""scheme": "http-signature", "algorithm": "hmac-sha256", "components": ["@method", "x-request-id"]"#,
            says: "it has no 'x-request-id', which the signature covers", marks: #""x-request-id""#),
        Fault(
            testDescription: "a quote in a user name of WSSE",
            sign: #""scheme": "wsse", "username": "{{name}}", "password": "{{secret.key}}""#,
            says: "the user name holds a quote ('name' is given at environments/test.json:1:13)",
            marks: #""{{name}}""#),
        Fault(
            testDescription: "a backslash in a user name of Digest is known before the challenge",
            sign: #""scheme": "digest", "username": "domain\\user", "password": "{{secret.key}}""#,
            says: "the user name holds a backslash", marks: #""domain\\user""#),
    ]

    /// The environment that the secret is bound in.
    private static let environment = SourceFile(
        path: "environments/test.json", text: #"{ "vars": { "name": "a\"b" }, "key": { "env": "KEY" } }"#)

    private static func span(of text: String) throws -> Span {
        let range = try #require(environment.bytes.firstRange(of: Array(text.utf8)))
        return Span(environment, range)
    }

    private static func signed(_ fault: Fault) throws -> HTTPRequest {
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "vars": { "name": {} }, "secrets": { "key": {} },
              "auth": { "type": "sign", "sign": { \(fault.sign) } } }
            """)
        var binding = IdentityBinding("acme", provider, at: try span(of: "{"))
        binding.vars["name"] = .init(#"a"b"#, at: try span(of: #""name""#))
        binding.secrets["key"] = Secret(fault.key, label: "acme.key")
        binding.secretPlaces["key"] = try span(of: #"{ "env": "KEY" }"#)
        let desk = Desk("")
        var bag = DiagnosticBag()
        let bound = IdentityBinder(functions: .standard(), redactor: desk.redactor).bind(binding, bag: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics)")
        var request = HTTPRequest(.post, try HTTPURL(parsing: "https://api.acme.test/a?b=c"))
        try desk.credential(try #require(bound)).apply(to: &request)
        return request
    }

    @Test("is shown at what is at fault", arguments: faults)
    func fault(_ fault: Fault) throws {
        let error = try #require(throws: CredentialError.self) { try Self.signed(fault) }
        #expect(error.message.hasPrefix("the request of 'acme' cannot be signed: "))
        #expect(error.message.contains(fault.says), "\(error.message)")
        #expect(!error.message.contains(fault.key))
        #expect(try marked(error) == "\(fault.file): \(fault.marks)")
    }
}
