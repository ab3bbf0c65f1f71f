package import JSON
package import Secrets

/// What stands in a token that happens to be a JWT, as a report may show it (RFC 7519 §4); nothing is verified.
package struct TokenClaims: Sendable, Hashable {
    /// One claim: its value where it says what the token is for, else only what kind of value it is.
    package struct Claim: Sendable, Hashable {
        package let name: String
        package let shown: String
    }

    package let claims: [Claim]
    package let audience: [String]
    /// Milliseconds since 1970.
    package let expires: Int64?
    package let issued: Int64?

    /// Claims about the token itself; all others may be about a person.
    private static let open: Set<String> = [
        "iss", "aud", "azp", "client_id", "appid", "scope", "scp", "roles", "typ", "token_use", "token_type", "ver",
    ]
    private static let times: Set<String> = ["exp", "iat", "nbf", "auth_time"]

    /// nil where the text is no JWS in compact form.
    package init?(_ token: Secret) {
        let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard let times = JWTClaims(token.reveal()), parts.count == 3, let payload = Base64.decode(parts[1]),
            let root = (try? JSONDocument.parse(payload))?.root
        else { return nil }
        (expires, issued) = (times.expires, times.issued)
        claims = root.members.map { Claim(name: Self.cut($0.name), shown: Self.shown($0.name, $0.value)) }
        let aud = root["aud"]
        audience = aud?.string.map { [$0] } ?? aud.map { $0.elements.compactMap(\.string) } ?? []
    }

    private static func shown(_ name: String, _ node: JSONNode) -> String {
        if times.contains(name), let seconds = node.number?.double, abs(seconds) < 1e11 {
            return CalendarTime(Int64(seconds * 1000)).rfc3339
        }
        guard open.contains(name) else { return node.kindPhrase }
        if let text = node.string { return cut(text) }
        if node.kind == .array { return cut(node.elements.compactMap(\.string).joined(separator: ", ")) }
        return node.kindPhrase
    }

    private static func cut(_ text: String) -> String { text.count > 200 ? text.prefix(200) + "…" : text }
}

extension JSONNode {
    /// What kind of value it is, and how much of it: `text of 12 characters`, `3 elements`.
    package var kindPhrase: String {
        switch kind {
        case .string: "text of \(string?.count ?? 0) characters"
        case .number: "number"
        case .boolean: "true or false"
        case .null: "null"
        case .array: "\(count) element\(count == 1 ? "" : "s")"
        case .object: "object with \(count) member\(count == 1 ? "" : "s")"
        }
    }
}
