import CurlTransport
import Diagnostics
import FoundationEssentials
import HTTP
import JSON
import Providers
import Sandbox
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

/// What Usher puts on the wire against what the vendor's own `curl` example puts there, both recorded by the sandbox.
@Suite("Wire truth")
struct WireTruthTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let vendor: Vendor
        /// The vendor's command, in Tests/SandboxTests/Fixtures/vendor-curl.
        let file: String
        /// The command's placeholders.
        let fill: [String: String]
        let secrets: [String: String]
        var vars: [String: String] = [:]
        var scope: [String]?
        var testDescription: String { vendor.rawValue }
    }

    private static let examples = [
        Example(
            vendor: .zara4, file: "zara4-token.sh",
            fill: ["API_CLIENT_ID": "demo-zara4-client-acme", "API_CLIENT_SECRET": "demo-zara4-secret-acme-not-real"],
            secrets: ["clientId": "demo-zara4-client-acme", "clientSecret": "demo-zara4-secret-acme-not-real"]),
        Example(
            vendor: .zarv, file: "zarv-token.sh",
            fill: ["your.email@zarv.com": "admin@acme.test", "your_password": "demo-zarv-password-acme-admin"],
            secrets: ["username": "admin@acme.test", "password": "demo-zarv-password-acme-admin"]),
        Example(
            vendor: .scalar, file: "scalar-token.json",
            fill: [
                "f2c9e0b3-b799-4c36-91b7-9bb6a791fa7b": "5ca1ab1e-0000-4000-8000-00000000ac3e",
                "12345abcdef": "demo-scalar-secret-acme-not-real",
            ],
            secrets: [
                "clientId": "5ca1ab1e-0000-4000-8000-00000000ac3e", "clientSecret": "demo-scalar-secret-acme-not-real",
            ], scope: ["UMAPI", "PLAPI"]),
        Example(
            vendor: .clazar, file: "clazar-token.sh",
            fill: [
                "<your_client_id>": "demo-clazar-client-acme",
                "<your_client_secret>": "demo-clazar-secret-acme-not-real",
            ],
            secrets: ["clientId": "demo-clazar-client-acme", "clientSecret": "demo-clazar-secret-acme-not-real"]),
        Example(
            vendor: .clarify, file: "clarify-token.sh",
            fill: [
                "<<tokenURL>>": "https://login.clarify.test/oauth/token", "YOUR_CLIENT_ID": "demo-clarify-client-acme",
                "YOUR_CLIENT_SECRET": "demo-clarify-secret-acme-not-real",
                // The page has lost the value; the vendor's fuller pages show the API's URL with its slash.
                "audience=": "audience=https://api.clarify.test/",
            ],
            secrets: ["clientId": "demo-clarify-client-acme", "clientSecret": "demo-clarify-secret-acme-not-real"],
            vars: ["tokenURL": "https://login.clarify.test/oauth/token", "apiURL": "https://api.clarify.test"]),
    ]

    @Test(
        "the token request is the vendor's own example: method, path, content type, members and their types",
        arguments: examples)
    func token(_ example: Example) async throws {
        let server = SandboxServer()
        let endpoints = try await server.start()
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await runCurl(example, endpoints, folder)
        let theirs = try #require(server.log.lastTokenRequest(example.vendor))
        try await exchange(example, endpoints)
        let ours = try #require(server.log.lastTokenRequest(example.vendor))
        await server.stop()
        #expect(ours.method == theirs.method)
        #expect(ours.path == theirs.path)
        #expect(ours.query == theirs.query)
        #expect(ours.host == theirs.host)
        #expect(ours.mediaType == theirs.mediaType)
        #expect(ours.headers["Authorization"] == theirs.headers["Authorization"])
        #expect(try Self.members(ours) == Self.members(theirs))
        #expect(server.log.count(example.vendor).tokenRequests == 2)
    }

    /// The body as JSON, or a form's pairs as an object of texts: names, values and their types.
    private static func members(_ request: SandboxRequest) throws -> JSONValue {
        if request.mediaType == "application/json" { return try JSONDocument.parse(request.body).root.value }
        let pairs = String(decoding: request.body, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], JSONValue.string((parts.last ?? "").formDecoded))
        }
        return .object(JSONObject(pairs))
    }

    private func runCurl(_ example: Example, _ endpoints: SandboxEndpoints, _ folder: TemporaryFolder) async throws {
        let path = "\(UsherProject.repository)/Tests/SandboxTests/Fixtures/vendor-curl/\(example.file)"
        var command = String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
        for (placeholder, value) in example.fill {
            #expect(command.contains(placeholder))
            command = command.replacing(placeholder, with: value)
        }
        if example.file.hasSuffix(".json") {
            // The page gives the URL in prose and the body as a sample.
            try folder.write("body.json", command)
            command =
                "curl https://auth.api.eu1.scalar.zf.com/v1/integrators/token "
                + "-H 'Content-Type: application/json' --data @\(folder.file("body.json"))"
        }
        let certificate = try folder.write("ca.pem", endpoints.caPEM)
        let words = " --silent --connect-to ::127.0.0.1:\(endpoints.httpsPort) --cacert \(certificate)"
        let script = command.trimmingSuffix(while: \.isWhitespace) + words
        let result = try await ChildProcess.run("sh", ["-c", script])
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.outputText.contains("oken"), "\(result.outputText)")
    }

    private func exchange(_ example: Example, _ endpoints: SandboxEndpoints) async throws {
        var bag = DiagnosticBag()
        let file = try #require(BuiltInProviders.source(named: example.vendor.rawValue))
        let provider = try #require(ProviderReader.read(file: file, origin: .builtIn, bag: &bag))
        var binding = IdentityBinding("me", provider, at: provider.span)
        binding.secrets = example.secrets.mapValues { Secret($0, label: "me") }
        binding.vars = example.vars.mapValues { .init($0, at: provider.span) }
        binding.scope = example.scope
        let functions = FunctionTable.standard().adding(CryptoFunctions.all)
        let redactor = Redactor()
        let identity = IdentityBinder(functions: functions, redactor: redactor).bind(binding, bag: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics.map(\.title))")
        var options = TransportOptions()
        options.trust = .pem(Array(endpoints.caPEM.utf8))
        options.sandbox = SandboxRoute(
            tlsPort: endpoints.httpsPort, plainPort: endpoints.httpPort,
            hosts: Set(Vendor.allCases.flatMap(\.standardHosts.all)))
        let transport = try CurlTransport(options)
        let broker = TokenBroker(TokenExchange(transport: transport, functions: functions, redactor: redactor))
        let credential = try await broker.credential(for: #require(identity))
        await transport.shutdown()
        #expect(credential.token != nil)
    }
}

extension String {
    fileprivate var formDecoded: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        guard let last = lastIndex(where: { !predicate($0) }) else { return "" }
        return String(self[...last])
    }
}
