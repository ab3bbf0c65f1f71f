/// An HTTP method (RFC 9110 §9); any token is allowed, case matters.
package struct HTTPMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    /// nil where the text is not a token (RFC 9110 §5.6.2).
    package init?(rawValue: String) {
        guard HeaderFields.isToken(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(_ known: String) { rawValue = known }

    package static let get = HTTPMethod("GET")
    package static let head = HTTPMethod("HEAD")
    package static let options = HTTPMethod("OPTIONS")
    package static let post = HTTPMethod("POST")
    package static let put = HTTPMethod("PUT")
    package static let patch = HTTPMethod("PATCH")
    package static let delete = HTTPMethod("DELETE")

    /// Safe as RFC 9110 §9.2.1 means it: asks for nothing to be changed.
    package var isSafe: Bool { self == .get || self == .head || self == .options }

    package var description: String { rawValue }
}
