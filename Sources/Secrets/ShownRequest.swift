package import HTTP

extension HTTPRequest {
    /// The URL for people: values of query parameters that carry a credential are masked, however short they are.
    package var shownURL: String {
        guard !sensitiveQuery.isEmpty, let query = url.query else { return url.text }
        let pairs = query.split(separator: "&", omittingEmptySubsequences: false).map { pair -> String in
            let name = String(pair.prefix { $0 != "=" })
            return sensitiveQuery.contains(name) ? "\(name)=\(Secret.mask(name))" : String(pair)
        }
        var shown = url
        shown.query = pairs.joined(separator: "&")
        return shown.text
    }
}
