package import HTTP

extension HTTPRequest {
    /// The URL for people: path segments and values of query parameters that carry a credential are masked, however
    /// short they are.
    package var shownURL: String {
        guard !sensitiveQuery.isEmpty || !sensitivePath.isEmpty else { return url.text }
        var shown = url
        shown.path = shownPath
        if !sensitiveQuery.isEmpty { shown.query = url.query.map(shownQuery) }
        return shown.text
    }

    /// As `shownURL`, the path alone.
    package var shownPath: String {
        guard !sensitivePath.isEmpty else { return url.path }
        return url.path.split(separator: "/", omittingEmptySubsequences: false)
            .map { segment in sensitivePath[String(segment)].map(Secret.mask) ?? String(segment) }
            .joined(separator: "/")
    }

    private func shownQuery(_ query: String) -> String {
        query.split(separator: "&", omittingEmptySubsequences: false).map { pair -> String in
            let name = String(pair.prefix { $0 != "=" })
            return sensitiveQuery.contains(name) ? "\(name)=\(Secret.mask(name))" : String(pair)
        }.joined(separator: "&")
    }
}
