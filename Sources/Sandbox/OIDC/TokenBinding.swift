import JSON

/// What a token is bound to; nothing: it is a bearer token.
struct TokenBinding: Sendable, Hashable {
    /// The thumbprint of a key (RFC 9449 §6.1).
    var key: String?
    /// That of a client certificate (RFC 8705 §3.1).
    var certificate: String?

    var isEmpty: Bool { key == nil && certificate == nil }

    /// The claim `cnf` (RFC 7800 §3.1).
    var claim: JSONValue {
        var members: JSONObject = [:]
        if let key { members["jkt"] = .string(key) }
        if let certificate { members["x5t#S256"] = .string(certificate) }
        return .object(members)
    }

    init(key: String?, certificate: String?) {
        (self.key, self.certificate) = (key, certificate)
    }

    init(_ claim: JSONValue?) {
        self.init(key: claim?.object?["jkt"]?.string, certificate: claim?.object?["x5t#S256"]?.string)
    }
}
