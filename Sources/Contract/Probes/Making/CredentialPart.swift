import HTTP
import Secrets
import Tokens

/// One placement of a credential that carries a secret, taken apart so that each piece can be broken alone:
/// `Bearer` and the token, `Token`, `token="` and the key, a user name and the password.
struct CredentialPart: Sendable {
    /// Among the placements of the request.
    let index: Int
    let placed: Credential.Placed
    /// nil where no scheme word stands before the secret.
    let scheme: String?
    /// What stands behind the scheme, or the whole value.
    let content: String
    /// The secret itself: the token, the key, the password.
    let core: String
    /// RFC 7617: the content is a user name and a password in base64.
    let isBasic: Bool
    private let lead: String
    private let tail: String

    /// - Parameter secrets: what the identity has, the likeliest first.
    init(_ placed: Credential.Placed, at index: Int, secrets: [String]) {
        self.index = index
        self.placed = placed
        let value = placed.value.reveal()
        let known = secrets.firstNonNil { value.firstRange(of: $0) }
        let scheme = Self.scheme(of: value, in: placed, secret: known)
        self.scheme = scheme
        let content = scheme.map { String(value.dropFirst($0.count + 1)) } ?? value
        self.content = content
        if let scheme, HeaderFields.sameName(scheme, "Basic"), let pair = Self.pair(content) {
            isBasic = true
            // A key as the user name, and no password: how several vendors have it.
            lead = pair.password.isEmpty ? "" : pair.user + ":"
            core = pair.password.isEmpty ? pair.user : pair.password
            tail = pair.password.isEmpty ? ":" : ""
            return
        }
        isBasic = false
        let whole = content
        let inside = known.flatMap { whole.firstRange(of: value[$0]) }
        core = inside.map { String(whole[$0]) } ?? whole
        lead = inside.map { String(whole[..<$0.lowerBound]) } ?? ""
        tail = inside.map { String(whole[$0.upperBound...]) } ?? ""
    }

    var jwt: CompactJWT? { CompactJWT(core) }

    /// The value with another secret in it, everything around it as it is.
    func value(core: String) -> String { value(content: wrapped(lead + core + tail)) }

    /// The value with another user and password, where it is such a pair.
    func value(everything word: String) -> String {
        isBasic ? value(content: wrapped("\(word):\(word)")) : value(core: word)
    }

    func value(content: String) -> String { scheme.map { "\($0) \(content)" } ?? content }

    private func wrapped(_ text: String) -> String { isBasic ? Base64.encode(Array(text.utf8)) : text }

    /// The word before the first blank: of `Authorization` always, of another field only before a secret we know.
    private static func scheme(
        of value: String, in placed: Credential.Placed, secret: Range<String.Index>?
    ) -> String? {
        guard placed.place == .header, let blank = value.firstIndex(of: " ") else { return nil }
        let word = String(value[..<blank])
        guard HeaderFields.isToken(word), value.index(after: blank) < value.endIndex else { return nil }
        let isAuthorization = HeaderFields.sameName(placed.name, "Authorization")
        let isBeforeSecret = secret.map { $0.lowerBound > blank } ?? isAuthorization
        return isBeforeSecret ? word : nil
    }

    private static func pair(_ content: String) -> (user: String, password: String)? {
        guard let bytes = Base64.decode(content) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
}

extension Sequence {
    func firstNonNil<Value>(_ transform: (Element) -> Value?) -> Value? {
        for element in self {
            if let value = transform(element) { return value }
        }
        return nil
    }
}

extension CredentialPart {
    /// Where it stands, for "with … empty": `the header field X-Key`, `the parameter 'key'`.
    var location: String {
        switch placed.place {
        case .header: "the header field \(placed.name)"
        case .query: "the parameter '\(placed.name)'"
        case .cookie: "the cookie '\(placed.name)'"
        case .body: "the member '\(placed.name)' of the body"
        case .path: "the part of the path that carries it"
        }
    }
}
