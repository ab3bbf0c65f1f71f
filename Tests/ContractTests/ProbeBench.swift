import Contract
import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

/// A good request of one identity, ready to be broken.
struct ProbeBench {
    static let key = "k3y-ABCDEFGHijklmnop"
    static let opaque = "opaque-0123456789-ABCDEF"
    /// HS256 under the key `secret`.
    static let jwt = jwt(#"{"alg":"HS256","typ":"JWT"}"#, #"{"sub":"u1","scope":"read"}"#, key: "secret")

    let material: ProbeMaterial

    /// - Parameters:
    ///   - apply: the placements, as a provider file writes them.
    ///   - token: answers the token request; nil: the provider fetches none.
    init(
        _ apply: String, token: String? = nil, sign: String? = nil, secrets: [String: String] = ["key": key],
        method: HTTPMethod = .get, url: String = "https://api.acme.test/v1/orders/7?x=1", body: String? = nil,
        tls: TLSClientIdentity? = nil
    ) async throws {
        let declared = secrets.keys.sorted().map { #""\#($0)": {}"# }.joined(separator: ", ")
        let auth =
            if token == nil {
                sign.map { #"{ "type": "sign", "sign": { \#($0) } }"# } ?? #"{ "type": "static" }"#
            } else {
                """
                { "type": "token", "grant": "login", "request": { "url": "https://auth.acme.test/t", "body": {} }
                  \(sign.map { #", "sign": { \#($0) }"# } ?? "") }
                """
            }
        let provider = try Self.provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { \(declared) },
              "headers": { "Accept": "application/json" },
              "auth": \(auth)\(apply.isEmpty && token != nil ? "" : #", "apply": [\#(apply)]"#) }
            """)
        let redactor = Redactor()
        let identity = try Self.bind(provider, secrets, tls, redactor)
        let answer =
            #"{"access_token":"\#(token ?? "")","token_type":"\#(sign == nil ? "Bearer" : "DPoP")","expires_in":3600}"#
        let exchange = TokenExchange(
            transport: ScriptedTransport { _ in
                HTTPResponse(
                    status: 200, headers: [HeaderField("Content-Type", "application/json")], body: Array(answer.utf8))
            },
            functions: .standard().adding(CryptoFunctions.all), redactor: redactor)
        var request = HTTPRequest(method, try HTTPURL(parsing: url))
        if let body {
            request.body = .bytes(Array(body.utf8))
            request.headers.append(HeaderField("Content-Type", "application/json"))
        }
        material = ProbeMaterial(
            request: request, credential: try await TokenBroker(exchange).credential(for: identity), identity: identity)
    }

    private static func provider(_ text: String) throws -> Provider {
        var bag = DiagnosticBag()
        let provider = ProviderReader.read(file: SourceFile(path: "providers/acme.json", text: text), bag: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
        return try #require(provider)
    }

    private static func bind(
        _ provider: Provider, _ secrets: [String: String], _ tls: TLSClientIdentity?, _ redactor: Redactor
    ) throws -> BoundIdentity {
        let span = Span(SourceFile(path: "environments/test.json", text: "{}"), 0..<1)
        var bag = DiagnosticBag()
        let identity = IdentityBinder(functions: .standard(), redactor: redactor).bind(
            IdentityBinding(
                "acme", provider, at: span, variant: nil, vars: [:], scope: nil,
                secrets: Dictionary(uniqueKeysWithValues: secrets.map { ($0, Secret($1, label: "acme.\($0)")) }),
                tls: tls),
            bag: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
        return try #require(identity)
    }

    // MARK: Derivations

    /// What the probe sends, each request in one line; an impossible one as `impossible: why`.
    func wire(_ id: String, _ change: (inout ProbeMaterial) -> Void = { _ in }) throws -> [String] {
        switch try derivation(id, change) {
        case .requests(let requests): requests.map { Self.line($0.request) }
        case .impossible(let why): ["impossible: \(why)"]
        }
    }

    func requests(_ id: String, _ change: (inout ProbeMaterial) -> Void = { _ in }) throws -> [DerivedRequest] {
        guard case .requests(let requests) = try derivation(id, change) else { return [] }
        return requests
    }

    func derivation(_ id: String, _ change: (inout ProbeMaterial) -> Void = { _ in }) throws -> Derivation {
        var material = material
        change(&material)
        return try #require(ResourceProbe.all.first { $0.id == id }, "no probe \(id)").derive(material)
    }

    /// Method, target, fields that carry a credential, body.
    static func line(_ request: HTTPRequest) -> String {
        var line = "\(request.method) \(request.url.path)" + (request.url.query.map { "?" + $0 } ?? "")
        for field in request.headers where field.isSensitive { line += " | \(field.name): \(field.value)" }
        if case .bytes(let bytes) = request.body { line += " | " + String(decoding: bytes, as: UTF8.self) }
        return line
    }

    // MARK: Tokens

    static func segment(_ text: String) -> String { Base64.encode(Array(text.utf8), urlSafe: true, padded: false) }

    static func jwt(_ header: String, _ claims: String, key: String) -> String {
        let text = segment(header) + "." + segment(claims)
        let code = KeyedHash.code(Array(text.utf8), key: Array(key.utf8), .sha256)
        return text + "." + Base64.encode(code, urlSafe: true, padded: false)
    }
}

extension ProbeBench {
    static func bearer(_ token: String, method: HTTPMethod = .get, body: String? = nil) async throws -> ProbeBench {
        try await ProbeBench("", token: token, method: method, body: body)
    }

    static func apply(_ kind: String) async throws -> ProbeBench {
        switch kind {
        case "bearer": return try await bearer(opaque)
        case "jwt": return try await bearer(jwt)
        case "key": return try await ProbeBench(#"{ "in": "header", "name": "X-Key", "value": "{{secret.key}}" }"#)
        case "query": return try await ProbeBench(#"{ "in": "query", "name": "api_key", "value": "{{secret.key}}" }"#)
        case "cookie": return try await ProbeBench(#"{ "in": "cookie", "name": "sid", "value": "{{secret.key}}" }"#)
        case "path": return try await ProbeBench(#"{ "in": "path", "value": "/bot{{secret.key}}" }"#)
        case "body":
            return try await ProbeBench(
                #"{ "in": "body", "name": "key", "value": "{{secret.key}}" }"#, method: .post, body: #"{"a":1}"#)
        case "basic":
            return try await ProbeBench(
                #"{ "in": "basic", "username": "{{secret.user}}", "password": "{{secret.key}}" }"#,
                secrets: ["user": "Aladdin", "key": "open sesame"])
        case "parameter":
            return try await ProbeBench(
                #"{ "in": "header", "name": "Authorization", "value": "Token token=\"{{secret.key}}\"" }"#)
        case "two":
            return try await ProbeBench(
                """
                { "in": "header", "name": "X-App", "value": "{{secret.app}}" },
                { "in": "header", "name": "X-Key", "value": "{{secret.key}}" },
                { "in": "header", "name": "X-Tenant", "value": "north" }
                """, secrets: ["app": "app-1234567890", "key": key])
        case "hmac":
            return try await ProbeBench(
                "",
                sign: """
                    "scheme": "hmac", "key": "{{secret.key}}",
                    "string": "{{request.method}}{{request.path}}", "headers": { "X-Signature": "{{signature}}" }
                    """)
        case "sigv4":
            return try await ProbeBench(
                "",
                sign: """
                    "scheme": "aws-sigv4", "region": "us-east-1", "service": "execute-api"
                    """, secrets: ["accessKeyId": "AKIDEXAMPLE0", "secretAccessKey": "wJalrXUtnFEMI0123456789"])
        case "dpop":
            return try await ProbeBench("", token: opaque, sign: #""scheme": "dpop""#)
        case "certificate":
            return try await ProbeBench(
                "", secrets: [:], tls: TLSClientIdentity(certificate: "/tls/acme.pem", key: "/tls/acme.key"))
        default:
            return try await ProbeBench("", secrets: [:])
        }
    }
}
