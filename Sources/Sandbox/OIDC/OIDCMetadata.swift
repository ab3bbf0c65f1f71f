import JSON

/// What the server says of itself (RFC 8414, OpenID Connect Discovery), of its API (RFC 9728) and its keys (RFC 7517).
struct OIDCMetadata: Sendable {
    let tokens: OIDCTokens

    /// On the token service's hosts.
    var routes: [SideRoute] {
        [
            document("/.well-known/openid-configuration", server),
            document("/.well-known/oauth-authorization-server", server),
            document("/jwks", ["keys": .array([.object(tokens.signer.publicKey)])]),
        ]
    }

    /// On the API's hosts.
    var apiRoutes: [SideRoute] { [document("/.well-known/oauth-protected-resource", resource)] }

    private func document(_ path: String, _ members: JSONObject) -> SideRoute {
        SideRoute(path, methods: ["GET"]) { _ in
            SandboxResponse.json(200, .object(members)).adding("Cache-Control", "public, max-age=60")
        }
    }

    private var server: JSONObject {
        let issuer = tokens.issuer
        var members: JSONObject = [
            "issuer": .string(issuer), "token_endpoint": .string(issuer + "/token"),
            "jwks_uri": .string(issuer + "/jwks"), "revocation_endpoint": .string(issuer + "/revoke"),
            "introspection_endpoint": .string(issuer + "/introspect"),
            "userinfo_endpoint": .string(issuer + "/userinfo"),
            "grant_types_supported": .texts(OIDCGrant.all.map(\.name)),
            "scopes_supported": ["openid", "notes:read", "notes:write"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"],
            "dpop_signing_alg_values_supported": .texts(ProofReader.algorithms),
            "tls_client_certificate_bound_access_tokens": true, "mtls_endpoint_aliases": .object(aliases),
        ]
        for endpoint in ["token", "revocation", "introspection"] {
            // Who knows a client's name may not ask about its tokens.
            let methods = OIDCClients.methods + (endpoint == "introspection" ? [] : ["none"])
            members[endpoint + "_endpoint_auth_methods_supported"] = .texts(methods)
            members[endpoint + "_endpoint_auth_signing_alg_values_supported"] = ["ES256"]
        }
        return members
    }

    /// Where clients with a certificate ask (RFC 8705 §5).
    private var aliases: JSONObject {
        guard let host = tokens.settings.hosts.token.last, tokens.isFirst else { return [:] }
        return [
            "token_endpoint": .string("https://\(host)/token"),
            "revocation_endpoint": .string("https://\(host)/revoke"),
            "introspection_endpoint": .string("https://\(host)/introspect"),
        ]
    }

    private var resource: JSONObject {
        [
            "resource": .string(tokens.audience), "authorization_servers": [.string(tokens.issuer)],
            "scopes_supported": ["notes:read", "notes:write"], "bearer_methods_supported": ["header"],
            "dpop_signing_alg_values_supported": .texts(ProofReader.algorithms),
        ]
    }
}
