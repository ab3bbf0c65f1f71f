extension OIDCClients {
    /// As `authenticate`; a client that has no secret is known by its name alone (RFC 6749 §3.2.1, RFC 7009 §2.1).
    func identify(_ form: OAuthForm) throws(Refusal) -> DemoCredential {
        if form.client == nil, let name = form.fields["client_id"],
            let known = DemoCredential.find(name, settings.vendor), known.isPublic
        {
            return known
        }
        return try authenticate(form)
    }
}
