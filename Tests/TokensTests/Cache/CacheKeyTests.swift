import Diagnostics
import Providers
import TestSupport
import Testing
import Tokens

@Suite("Names of cache entries")
struct CacheKeyTests {
    private static let key = [UInt8](repeating: 7, count: 32)

    private static func key(
        _ provider: Provider, _ name: String = "one", variant: String? = nil, vars: [String: String] = [:],
        scope: [String]? = nil, secret: String = "secret-one"
    ) throws -> String {
        let identity = try Desk("{}").bind(
            provider, name, variant: variant, vars: vars, scope: scope,
            secrets: provider.secrets(in: variant.flatMap { provider.variant($0) }).reduce(into: [:]) {
                $0[$1.name] = $1.name.hasSuffix("Id") ? "client-one" : secret
            })
        return TokenCacheKey(identity, installKey: key).text
    }

    @Test("every part of the credential counts")
    func parts() throws {
        let scalar = try builtIn("scalar")
        let keys = [
            try Self.key(scalar), try Self.key(scalar, "two"), try Self.key(scalar, scope: ["UMAPI"]),
            try Self.key(scalar, vars: ["region": "us1"]), try Self.key(scalar, vars: ["audience": "PORTAL"]),
            try Self.key(scalar, secret: "secret-two"), try Self.key(try acme()),
            try Self.key(try acme(#""params": { "audience": "https://x" }"#)), try Self.key(try builtIn("zara4")),
            try Self.key(try builtIn("zara4"), variant: "sandbox"),
        ]
        #expect(Set(keys).count == keys.count)
        #expect(keys.allSatisfy { $0.count == 64 && $0.allSatisfy(\.isHexDigit) })
    }

    @Test("keyExtra joins the name, in the process and on the disk; its value is not to be read there")
    func extra() throws {
        func identity(_ extra: String) throws -> BoundIdentity {
            try Desk("{}").bind(try acme("", #""cache": { "keyExtra": \#(extra) }"#), secrets: acmeSecrets)
        }
        let texts = ["[]", #"["one"]"#, #"["two"]"#, #"["one", "two"]"#, #"["onetwo"]"#, #"["{{secret.clientId}}"]"#]
        let identities = try texts.map(identity)
        #expect(Set(identities.map(\.key)).count == texts.count)
        #expect(Set(identities.map { TokenCacheKey($0, installKey: Self.key) }).count == texts.count)
        #expect(try identity(#"["{{base64(secret.clientId)}}"]"#).keyExtra == ["dGhlLWNsaWVudC1pZA=="])
    }

    @Test("the order of scopes does not count")
    func scopes() throws {
        let scalar = try builtIn("scalar")
        #expect(try Self.key(scalar, scope: ["a", "b", "a"]) == Self.key(scalar, scope: ["b", "a"]))
    }

    @Test("a provider with other content is another provider")
    func content() throws {
        #expect(try Self.key(try acme()) != Self.key(try acme("", #""docs": "https://acme.test/docs""#)))
    }

    @Test("without the key of the installation nobody can try secrets against a name")
    func installation() throws {
        let identity = try Desk("{}").bind(try acme(), secrets: acmeSecrets)
        let one = TokenCacheKey(identity, installKey: Self.key)
        #expect(one != TokenCacheKey(identity, installKey: [UInt8](repeating: 8, count: 32)))
        #expect(one == TokenCacheKey(identity, installKey: Self.key))
    }
}
