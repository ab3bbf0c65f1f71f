import HTTP

/// Refuses what must not reach libcurl: it hardly checks texts, and sends header lines as they are given.
struct RequestCheck {
    let sandbox: SandboxRoute?

    func check(_ request: HTTPRequest, url: String) throws(TransportError) {
        guard Self.isSafe(url), Self.isHost(request.url.host), request.url.path.utf8.first == UInt8(ascii: "/") else {
            throw TransportError(
                .invalidRequest,
                "the URL holds a blank, a control character or a misplaced delimiter; percent-encode it")
        }
        for field in request.headers { try check(field) }
        for name in request.withoutHeaders { try check(HeaderField(name, "")) }
        if request.method == .head, request.body != .none {
            throw TransportError(.invalidRequest, "a HEAD request cannot carry a body; remove it or use another method")
        }
        if let sandbox, !sandbox.hosts.contains(request.url.host) {
            throw TransportError(
                .hostNotAllowed,
                "the host '\(request.url.host)' is not one of the sandbox's, so nothing was sent; "
                    + "the sandbox answers for \(sandbox.hosts.sorted().joined(separator: ", "))")
        }
    }

    private func check(_ field: HeaderField) throws(TransportError) {
        guard HeaderFields.isToken(field.name) else {
            throw TransportError(
                .invalidRequest,
                "'\(Self.printable(field.name))' is not a header name; a name is letters, digits and '-'")
        }
        guard !HeaderFields.isFraming(field.name) else {
            throw TransportError(
                .invalidRequest, "the header '\(field.name)' frames the message and is set by usher itself; remove it")
        }
        guard HeaderFields.isSafeValue(field.value) else {
            throw TransportError(
                .invalidRequest,
                "the value of the header '\(field.name)' holds a control character, which could forge another header")
        }
    }

    private static func isSafe(_ url: String) -> Bool {
        url.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
    }

    /// Nothing that would end the host for libcurl before it ends for us.
    private static func isHost(_ host: String) -> Bool {
        !host.utf8.contains { byte in
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "%"): true
            default: false
            }
        }
    }

    private static func printable(_ text: String) -> String {
        String(text.unicodeScalars.prefix(64).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) })
    }
}
