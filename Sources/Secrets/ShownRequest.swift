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

extension Secret {
    /// Whether the redactor finds it in other text; shorter ones are masked only where the structure says so.
    package var isRecognisable: Bool { reveal().utf8.count >= NeedleTable.window }
}
