package import HTTP
package import JSON
import Providers

/// What an authorization server says of itself (RFC 8414, OpenID Connect Discovery), as it came.
package struct ServerMetadata: Sendable {
    package let url: HTTPURL
    package let response: HTTPResponse
    package let members: JSONObject
    /// The issuer that was asked for; nil: the profile names the metadata's own URL.
    package let wantedIssuer: String?
    /// nil: it names none, or nobody asked yet.
    package var keys: PublishedKeys?

    package init(url: HTTPURL, response: HTTPResponse, members: JSONObject, wantedIssuer: String?) {
        self.url = url
        self.response = response
        self.members = members
        self.wantedIssuer = wantedIssuer
    }

    /// The texts of a list; nil: there is no such member, or it is no list.
    package func list(_ name: String) -> [String]? { members[name]?.array.map { $0.compactMap(\.string) } }
}

/// A key set (RFC 7517 §5) that metadata leads to.
package struct PublishedKeys: Sendable {
    package let url: HTTPURL
    /// nil: there was no answer.
    package let response: HTTPResponse?
    /// As they are published; empty where the set cannot be read.
    package let members: [JSONObject]

    /// Those that can verify.
    package var keys: [VerificationKey] { members.compactMap { VerificationKey($0) } }

    /// What everybody has: each key in PEM and as it is published.
    package var texts: [String] { keys.compactMap(\.pem) + members.map { JSONValue.object($0).text() } }
}

extension TokenExchange {
    /// The server's metadata with the keys that it publishes; nil where the provider does without, or there is none.
    package func metadata(of identity: BoundIdentity) async -> ServerMetadata? {
        guard let rules = identity.rules, let wanted = try? wantedMetadata(identity, rules),
            var metadata = try? await discovery.metadata(wanted, of: identity, over: transport, redactor)
        else { return nil }
        metadata.keys = await keys(metadata, identity)
        return metadata
    }

    private func keys(_ metadata: ServerMetadata, _ identity: BoundIdentity) async -> PublishedKeys? {
        // Keys that came without TLS prove nothing; a server on this machine is another matter.
        guard let text = metadata.members["jwks_uri"]?.string, let url = try? HTTPURL(parsing: text),
            url.scheme == "https" || metadata.url.scheme == "http"
        else { return nil }
        return await discovery.keys(at: url) { [transport] in await PublishedKeys(at: url, identity, over: transport) }
    }
}

extension PublishedKeys {
    fileprivate init(at url: HTTPURL, _ identity: BoundIdentity, over transport: any HTTPTransport) async {
        let headers: HeaderFields = [HeaderField("Accept", "application/jwk-set+json, application/json")]
        let response = try? await transport.send(
            HTTPRequest(.get, url, headers: headers, maxBody: 1 << 20), pool: identity.poolKey)
        let root = response.flatMap { try? JSONDocument.parse($0.body) }?.root.value.object
        self.init(url: url, response: response, members: root?["keys"]?.array?.prefix(100).compactMap(\.object) ?? [])
    }
}
