/// Words that OAuth itself gives to its requests and answers: whoever sees one knows no secret.
package enum OAuthWords {
    /// The OAuth Extensions Error Registry, as far as token endpoints use it.
    package static let errors: Set<String> = [
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
        "invalid_scope", "invalid_target", "unsupported_token_type", "access_denied", "authorization_pending",
        "slow_down", "expired_token", "invalid_dpop_proof", "use_dpop_nonce", "server_error",
        "temporarily_unavailable", "invalid_token", "insufficient_scope",
    ]

    private static let grants: Set<String> = [
        "client_credentials", "password", "refresh_token", "authorization_code",
        "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:ietf:params:oauth:grant-type:device_code",
    ]
    private static let types: Set<String> = [
        "urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:refresh_token",
        "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:jwt",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "access_token", "refresh_token",
    ]
    private static let members: [String: Set<String>] = [
        "error": errors, "grant_type": grants, "token_type": ["Bearer", "bearer", "DPoP"], "token_type_hint": types,
        "subject_token_type": types, "actor_token_type": types, "requested_token_type": types,
        "issued_token_type": types, "client_assertion_type": types,
    ]

    /// Whether the value of that member is one of them.
    package static func knows(_ value: String, as member: String) -> Bool { members[member]?.contains(value) ?? false }
}
