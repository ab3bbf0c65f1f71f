import HTTP

extension TokenProbe {
    /// RFC 6749 §3.2: TLS only. A credential that exists never goes out without it, not even to see it refused.
    static let plainHTTP = TokenProbe("TOK-01", class: 1) { (material) throws(Impossible) in
        var request = try material.strangersLogin().request
        guard request.url.scheme == "https", request.url.port == HTTPURL.defaultPort("https") else {
            throw Impossible("the token URL is no https URL at the usual port")
        }
        request.url = HTTPURL(
            scheme: "http", host: request.url.host, port: HTTPURL.defaultPort("http"), path: request.url.path,
            query: request.url.query)
        return [
            DerivedTokenRequest(
                sent: "the token request of a client that does not exist, without TLS", request: request)
        ]
    }
}
