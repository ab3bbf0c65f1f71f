import Crypto
import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates

/// The name of an entry: equal only where every part of the credential is, and it tells nothing about the secrets.
///
/// SHA-256 over a canonical JSON of the provider with its content, the URLs, the grant, the sorted scopes, all variables
/// (audience and resource among them), the identity, the variant, the client certificate, and a keyed MAC of the
/// secrets, the client id among them, and of the provider's `keyExtra`. An entry can therefore not be used for another host, nor after a secret was changed.
package struct TokenCacheKey: Sendable, Hashable {
    /// 64 hexadecimal digits.
    package let text: String

    var entryName: String { text + ".json" }
    var lockName: String { text + ".lock" }

    /// - Parameter installKey: random bytes of this installation.
    package init(_ identity: BoundIdentity, installKey: [UInt8]) {
        let provider = identity.provider
        let scope = Scope([identity.layer], functions: FunctionTable.standard())
        let url = (try? identity.tokenURL?.text(scope).text) ?? ""
        let refreshURL = (try? identity.refreshURL?.text(scope).text) ?? ""
        let parts: JSONValue = .object(
            JSONObject([
                ("version", 1), ("provider", .string(provider.id)),
                ("profile", .string(CryptoFunctions.sha256(Self.source(of: provider)))),
                // A URL may hold a secret (an account in its path): it counts through the MAC as well.
                ("tokenURL", .string(Self.mac(url, installKey))),
                ("refreshURL", .string(Self.mac(refreshURL, installKey))),
                ("hosts", .string(identity.hosts.phrase)),
                ("grant", .string(identity.rules?.grant.rawValue ?? "")),
                ("scope", .array(Set(identity.scope).sorted().map { .string($0) })),
                ("vars", Self.object(identity.vars)), ("identity", .string(identity.name)),
                ("variant", identity.variant.map { .string($0) } ?? .null),
                ("certificate", Self.certificate(identity.poolKey.tls)),
                ("secrets", .string(Self.secrets(identity, installKey))),
                ("extra", .string(Self.mac(JSONValue.array(identity.keyExtra.map { .string($0) }).text(), installKey))),
            ]))
        text = CryptoFunctions.sha256(Array(parts.text().utf8))
    }

    private static func source(of provider: Provider) -> [UInt8] {
        let inherited = provider.extends.flatMap { BuiltInProviders.source(named: $0)?.bytes } ?? []
        return switch provider.origin {
        case .file(let file): file.bytes + inherited
        case .builtIn: (BuiltInProviders.source(named: provider.id)?.bytes ?? []) + inherited
        }
    }

    private static func object(_ values: [String: String]) -> JSONValue {
        .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    private static func secrets(_ identity: BoundIdentity, _ installKey: [UInt8]) -> String {
        mac(object(identity.secrets.mapValues { $0.reveal() }).text(), installKey)
    }

    private static func certificate(_ tls: TLSClientIdentity?) -> JSONValue {
        guard let tls else { return .null }
        // What stands in text counts through the secrets and the profile; a key may stand in it.
        if tls.form == .text { return "text" }
        return .array([.string(tls.certificate), tls.key.map { .string($0) } ?? .null])
    }

    private static func mac(_ text: String, _ key: [UInt8]) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key))
        return Base64.encode(Array(code))
    }
}

/// The random key of this installation, made by whoever needs it first.
enum InstallKey {
    private static let name = "install.key"
    private static let size = 32

    static func load(from folder: OpenFolder) throws(CacheTrouble) -> [UInt8] {
        for _ in 0..<2 {
            if let bytes = try folder.read(name) {
                guard bytes.count == size else {
                    throw CacheTrouble(.damaged, "\(folder.path)/\(name) is damaged; remove it")
                }
                return bytes
            }
            var generator = SystemRandomNumberGenerator()
            try folder.writeOnce((0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }, as: name)
        }
        throw CacheTrouble(.unavailable, "cannot read \(folder.path)/\(name)")
    }
}
