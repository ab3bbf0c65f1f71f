import JSON

/// A JWT whose signature nobody has looked at.
struct LooseJWT: Sendable {
    let header: JSONObject
    let claims: JSONObject
    /// As they stand in the token; the signature is empty where there is none.
    let payload: String
    let signature: String

    init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let header = Self.object(parts[0]), let claims = Self.object(parts[1])
        else { return nil }
        self.header = header
        self.claims = claims
        payload = String(parts[1])
        signature = parts.count == 3 ? String(parts[2]) : ""
    }

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64URL.decode(part), let document = try? JSONDocument.parse(bytes) else { return nil }
        return document.root.value.object
    }
}
