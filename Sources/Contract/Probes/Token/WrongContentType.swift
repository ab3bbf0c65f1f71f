import HTTP

extension TokenProbe {
    static let wrongContentType = TokenProbe("T-14", class: 2, mayGrant: true) { (material) throws(Impossible) in
        let parts = try material.loginParts()
        guard parts.carrier != .query else { throw Impossible("the token request has no body") }
        let (type, body) = parts.recoded()
        var request = parts.request
        request.headers.removeAll(named: "Content-Type")
        request.headers.append(HeaderField("Content-Type", type))
        request.body = .bytes(Array(body.utf8))
        let sent =
            parts.carrier == .json ? "the members as a form instead of JSON" : "the members as JSON instead of a form"
        return [DerivedTokenRequest(sent: sent, request: request)]
    }
}
