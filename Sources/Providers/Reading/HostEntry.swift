import HTTP

/// An entry of `hosts`: a host, perhaps with a port, perhaps `*.` before it, or the URL of one.
package enum HostEntry {
    package static let help =
        "an entry is api.acme.example, *.acme.example, one of them with a port, or a URL without a path"

    /// The entry as a pattern of hosts; nil where it is none, such as `*` alone or a URL with a path.
    package static func pattern(_ text: String) -> String? {
        if text.contains("://") {
            guard let url = try? HTTPURL(parsing: text), url.path == "/", url.query == nil else { return nil }
            return url.port == HTTPURL.defaultPort(url.scheme) ? url.host : "\(url.host):\(url.port)"
        }
        let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
        guard let url = try? HTTPURL(parsing: "https://\(name)"), url.path == "/", url.query == nil,
            !text.hasPrefix("*.") || url.host.contains(".")
        else { return nil }
        return text
    }
}
