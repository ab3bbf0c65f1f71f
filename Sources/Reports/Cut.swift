extension String {
    /// The text itself, or its first `limit` characters and an ellipsis. Redact first: half a secret is not recognised.
    func cut(to limit: Int) -> String {
        guard utf8.count > limit, let end = index(startIndex, offsetBy: limit, limitedBy: endIndex), end != endIndex
        else { return self }
        return self[..<end] + "…"
    }
}
