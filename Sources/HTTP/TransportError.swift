/// Why a request got no answer.
package struct TransportError: Error, Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// Refused before anything was sent: CR, LF or NUL in a header or URL, a host outside the sandbox.
        case invalidRequest, hostNotAllowed
        /// A redirect that is not followed: it leads to no URL of ours, or would take a credential elsewhere.
        case redirect
        case resolve, connect, tls, proxy, timeout, send, receive, bodyTooLarge, cancelled, shutDown, other
    }

    package let kind: Kind
    /// A sentence for people; holds no header value and no query.
    package let message: String
    /// libcurl's result code, 0 where libcurl was not involved.
    package let code: Int32

    package init(_ kind: Kind, _ message: String, code: Int32 = 0) {
        self.kind = kind
        self.message = message
        self.code = code
    }
}
