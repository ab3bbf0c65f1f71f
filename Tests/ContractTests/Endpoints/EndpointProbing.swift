import Contract
import Diagnostics
import HTTP
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

/// A token battery against an `EndpointService`.
struct EndpointProbing {
    /// Members of `auth` beside grant and request.
    var auth = """
        "clientAuth": { "method": "basic" }, "revoke": { "url": "https://auth.test/revoke" },
        "introspect": { "url": "https://auth.test/introspect" }
        """
    var url = #""request": { "url": "https://auth.test/token" }, "#
    var grant = "client_credentials"
    var secret = EndpointService.secret
    /// Beside those of the client.
    var secrets: [String: String] = [:]
    /// Of `clientAuth`, in a variant that the identity names; nil: without.
    var variant: String?
    var classes: Set<Int> = [1, 2, 3, 4]
    var inUse: [Secret] = []
    /// Whether a call of the API has passed that can be repeated.
    var calls = false

    func run(
        _ answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse
    ) async throws -> (evidence: TokenEvidence, sent: [HTTPRequest]) {
        let identity = try bound()
        let transport = ScriptedTransport(answer)
        let exchange = TokenExchange(
            transport: transport, functions: FunctionTable.standard().adding(CryptoFunctions.all), redactor: Redactor())
        var control: ControlCall?
        if calls {
            control = ControlCall(
                request: HTTPRequest(.get, try HTTPURL(parsing: "https://api.test/orders")),
                credential: try await TokenBroker(exchange).credential(for: identity))
        }
        let battery = TokenBattery(
            identity, exchange: exchange, transport: transport, pool: PoolKey(identity: "probes"),
            allowance: .init(classes: classes, inUse: inUse), control: control)
        return (try #require(await battery.run()), transport.requests)
    }

    func bound() throws -> BoundIdentity {
        var bag = DiagnosticBag()
        let more = secrets.keys.sorted().map { ", \"\($0)\": {}" }.joined()
        let variants = variant.map { #""variants": { "other": { "clientAuth": \#($0) } },"# } ?? ""
        let text = """
            { "id": "acme", \(variants) "baseURL": "https://api.test", "secrets": { "clientId": { "sensitive": false }, "clientSecret": {}\(more) },
              "auth": { "type": "token", "grant": "\(grant)", \(url)\(auth) } }
            """
        let provider = ProviderReader.read(file: SourceFile(path: "providers/acme.json", text: text), bag: &bag)
        let binder = IdentityBinder(
            functions: FunctionTable.standard().adding(CryptoFunctions.all), redactor: Redactor())
        let span = Span(SourceFile(path: "environments/test.json", text: "{}"), 0..<1)
        let values = secrets.merging(["clientId": "acme", "clientSecret": secret]) { own, _ in own }
        let identity = binder.bind(
            IdentityBinding(
                "acme", try #require(provider, "\(bag)"), at: span,
                variant: variant.map { _ in .init("other", at: span) },
                secrets: values.reduce(into: [:]) { $0[$1.key] = Secret($1.value, label: "acme.\($1.key)") }),
            bag: &bag)
        return try #require(identity, "\(bag)")
    }
}
