/// An absolute http or https URL, checked once so that libcurl and our host checks see the same host.
package struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    package let host: String
    package let port: Int
    /// Starts with `/`; percent-encoded.
    package var path: String
    /// Without `?`; percent-encoded; nil where there is none.
    package var query: String?

    package var origin: Origin { Origin(scheme: scheme, host: host, port: port) }

    package var description: String { text }

    package var text: String {
        var text = scheme
        text.reserveCapacity(scheme.utf8.count + host.utf8.count + path.utf8.count + (query?.utf8.count ?? 0) + 12)
        text += "://"
        text += host
        if port != Self.defaultPort(scheme) {
            text += ":"
            text += String(port)
        }
        text += path
        if let query {
            text += "?"
            text += query
        }
        return text
    }

    package static func defaultPort(_ scheme: String) -> Int { scheme == "https" ? 443 : 80 }

    package init(scheme: String, host: String, port: Int, path: String, query: String?) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        self.query = query
    }

    /// Adds `name=value` pairs, already percent-encoded, behind the query that is there.
    package mutating func appendQuery(_ pairs: String) {
        guard !pairs.isEmpty else { return }
        query = query.map { $0.isEmpty ? pairs : $0 + "&" + pairs } ?? pairs
    }
}
