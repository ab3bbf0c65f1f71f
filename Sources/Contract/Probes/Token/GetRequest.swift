import HTTP

extension TokenProbe {
    /// RFC 6749 §3.2: the client must use POST.
    static let getRequest = TokenProbe("T-11", class: 1) { (material) throws(Impossible) in
        let parts = try material.strangersLogin()
        guard material.login.method == .post else { throw Impossible("the provider's token request is no POST") }
        var request = parts.request
        request.method = .get
        request.body = .none
        request.headers.removeAll(named: "Content-Type")
        request.url.appendQuery(parts.query)
        return [
            DerivedTokenRequest(
                sent: "a GET with the parameters in the URL, of a client that does not exist", request: request)
        ]
    }
}
