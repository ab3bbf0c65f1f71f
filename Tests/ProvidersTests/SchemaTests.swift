import JSON
import Providers
import Testing

@Suite("Provider schema")
struct SchemaTests {
    private static let schema = SchemaWriter(tables: ProviderTables.all).schema(
        root: ProviderTables.root, id: "https://usher.test/provider.schema.json", title: "Usher provider")

    @Test("Table names are unique and fit into a $ref")
    func names() {
        let names = ProviderTables.all.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names { #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "/") }, "\(name)") }
    }

    @Test("Every object that a member refers to is defined")
    func references() throws {
        let definitions = try #require(Self.schema.object?["$defs"]?.object)
        var found: Set<String> = []
        Self.collect(Self.schema, &found)
        for reference in found {
            #expect(definitions[String(reference.dropFirst("#/$defs/".count))] != nil, "\(reference)")
        }
        #expect(found.contains("#/$defs/token-response"))
    }

    private static func collect(_ value: JSONValue, _ found: inout Set<String>) {
        switch value {
        case .object(let object):
            for member in object {
                if member.name == "$ref", let text = member.value.string { found.insert(text) }
                collect(member.value, &found)
            }
        case .array(let values): for value in values { collect(value, &found) }
        default: return
        }
    }

    /// Members by the tier of the format they belong to.
    static let membersByTier: [(String, [String])] = [
        (
            "provider",
            ["id", "vars", "secrets", "variants", "baseURL", "hosts", "headers", "auth", "apply", "contract"]
        ),
        ("placement", ["in", "name", "value", "username", "password", "methods", "when"]),
        (
            "auth",
            [
                "type", "grant", "request", "clientAuth", "scope", "params", "response", "refresh", "assertion",
                "steps",
                "discovery", "interactive", "revoke", "introspect", "sign",
            ]
        ),
        ("assertion", ["alg", "key", "keyEncoding", "header", "claims", "ttl", "aud", "jti"]),
        ("signature", ["scheme", "string", "region", "components", "username", "consumerKey"]),
        ("client-auth", ["method", "id", "secret", "idField", "secretField", "scheme", "encoding"]),
        ("token-request", ["url", "method", "headers", "query", "format", "body"]),
        (
            "token-response",
            [
                "success", "format", "token", "type", "expiry", "defaultLifetime", "jwtExp", "refreshToken", "capture",
                "error",
            ]
        ),
        ("refresh", ["mode", "request", "response", "rotation", "reuse", "onInvalid", "invalidStatuses"]),
    ]

    @Test("Placements, token requests, free bodies and answers, renewals are published", arguments: membersByTier)
    func tiers(_ table: String, _ members: [String]) throws {
        let properties = try #require(Self.schema.object?["$defs"]?.object?[table]?.object?["properties"]?.object)
        for member in members { #expect(properties[member] != nil, "\(table).\(member)") }
    }

    @Test("What this version does not know is not published")
    func later() throws {
        let auth = try #require(Self.schema.object?["$defs"]?.object?["auth"]?.object?["properties"]?.object)
        for member in ["sign", "assertion", "steps", "discovery", "introspect", "revoke", "interactive"] {
            #expect(auth[member] != nil, "\(member)")
        }
        let provider = try #require(Self.schema.object?["$defs"]?.object?["provider"]?.object?["properties"]?.object)
        #expect(provider["tls"] != nil)
        let contract = try #require(
            Self.schema.object?["$defs"]?.object?["contract"]?.object?["properties"]?.object)
        #expect(contract["unsafe"] == nil)
    }
}
