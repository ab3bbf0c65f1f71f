import CCurl
import HTTP

/// What is known of a transfer that libcurl ended with an error, and the sentence it makes.
///
/// A sentence names the origin, never a header value or a query; libcurl's own text is used where it knows more.
struct TransferFailure {
    let code: Int32
    /// The text in libcurl's error buffer, may be empty.
    let detail: String
    let request: HTTPRequest
    /// `errno` of the connection attempt, 0 where there was none.
    let systemError: Int32
    /// TLS included, where there is TLS.
    let isConnected: Bool
    let hasAnswerBegun: Bool
    let isBodyTooLarge: Bool
    let isHeadTooLarge: Bool
    /// Connections are led elsewhere (`--connect-to`, the sandbox): the host in libcurl's text is not the URL's then.
    var isLed = false
    /// The provider brings its own authorities: `--cacert` has no say then.
    var hasOwnAuthorities = false

    var error: TransportError {
        let (kind, message) = described
        return TransportError(kind, message, code: code)
    }

    private var origin: Origin { request.url.origin }

    private var described: (TransportError.Kind, String) {
        switch code {
        case CCURL_COULDNT_RESOLVE_HOST:
            (
                .resolve,
                "the host '\(request.url.host)' cannot be resolved; check its spelling and the network's name service"
            )
        case CCURL_COULDNT_CONNECT where refusingProxy != nil:
            (
                .proxy,
                "no connection to the proxy \(refusingProxy ?? "")\(because(connectReason)); "
                    + "check its address, or set none with --proxy \"\""
            )
        case CCURL_COULDNT_CONNECT:
            (.connect, "no connection to \(origin)\(because(connectReason)); does the server run?")
        case CCURL_OPERATION_TIMEDOUT: (.timeout, timeoutSentence)
        case CCURL_COULDNT_RESOLVE_PROXY, CCURL_PROXY:
            (.proxy, "the proxy cannot be used\(because(safeDetail)); check the proxy's address, or set none")
        case CCURL_SEND_ERROR:
            (.send, "the connection to \(origin) broke while the request was sent\(because(safeDetail))")
        case CCURL_WRITE_ERROR where isBodyTooLarge:
            (
                .bodyTooLarge,
                "the answer of \(origin) is larger than \(request.maxBody) bytes; raise --max-body to take it"
            )
        case CCURL_WRITE_ERROR where isHeadTooLarge:
            (.receive, "the header section that \(origin) sends is larger than \(ResponseHead.maximumSize) bytes")
        case CCURL_URL_MALFORMAT:
            (.invalidRequest, "libcurl does not accept the URL of \(origin)\(because(safeDetail))")
        default: tlsSentence.map { (.tls, $0) } ?? receiveSentence
        }
    }

    private var timeoutSentence: String {
        if !isConnected {
            let limit = min(request.connectTimeout, request.timeout)
            return "no connection to \(origin) within \(Self.text(limit)); is the address right, and the port open?"
        }
        let state = hasAnswerBegun ? "the answer had begun" : "not a byte of it arrived"
        return
            "no complete answer from \(origin) within \(Self.text(request.timeout)) (\(state)); raise the timeout if it may take longer"
    }

    private var tlsSentence: String? {
        switch code {
        case CCURL_PEER_FAILED_VERIFICATION, CCURL_SSL_ISSUER_ERROR, CCURL_SSL_INVALIDCERTSTATUS:
            "the certificate of \(origin) is not accepted\(because(certificateReason)); \(certificateHelp)"
        case CCURL_SSL_CACERT_BADFILE:
            "the certificate authorities cannot be read\(because(safeDetail)); \(hasOwnAuthorities ? "check the provider's tls.ca" : "check the file given with --cacert")"
        case CCURL_SSL_CERTPROBLEM:
            "the client certificate or its key cannot be used\(because(safeDetail)); check the two PEM files"
        case CCURL_SSL_CLIENTCERT: "\(origin) wants a client certificate\(because(safeDetail)); give the identity one"
        // What OpenSSL 3 says where the authority has the right name and the wrong key.
        case CCURL_SSL_CONNECT_ERROR where safeDetail.contains("asn1 encoding routines"):
            "the certificate of \(origin) is not accepted (its signature is not the authority's); \(certificateHelp)"
        // An alert of the server (RFC 8446 §6.2, protocol_version) or OpenSSL's own refusal of what it chose.
        case CCURL_SSL_CONNECT_ERROR
        where safeDetail.contains("protocol version") || safeDetail.contains("unsupported protocol"):
            "\(origin) speaks no version of TLS that is accepted here\(because(safeDetail)); "
                + "the provider's tls.minVersion may ask for more than the server has"
        case CCURL_SSL_CONNECT_ERROR, CCURL_SSL_CIPHER:
            "the TLS handshake with \(origin) failed\(because(safeDetail)); does that port speak TLS?"
        default: nil
        }
    }

    private var receiveSentence: (TransportError.Kind, String) {
        switch code {
        case CCURL_GOT_NOTHING: (.receive, "\(origin) closed the connection without an answer")
        case CCURL_PARTIAL_FILE: (.receive, "the answer of \(origin) ended early\(because(safeDetail))")
        case CCURL_RECV_ERROR where detail.contains("CONNECT"):
            (.proxy, "the proxy does not lead to \(origin)\(because(safeDetail)); check its credentials and rules")
        case CCURL_RECV_ERROR:
            (.receive, "the connection to \(origin) broke while the answer was read\(because(safeDetail))")
        case CCURL_WEIRD_SERVER_REPLY, CCURL_UNSUPPORTED_PROTOCOL:
            (.receive, "what \(origin) answers is not HTTP\(because(safeDetail)); is that the right port?")
        case CCURL_HTTP2, CCURL_HTTP2_STREAM:
            (.receive, "the HTTP/2 exchange with \(origin) failed\(because(safeDetail))")
        case CCURL_BAD_CONTENT_ENCODING, CCURL_WRITE_ERROR:
            (.receive, "the answer of \(origin) cannot be decoded\(because(safeDetail))")
        default:
            (.other, "the request to \(origin) failed\(because(safeDetail.isEmpty ? libraryText : safeDetail))")
        }
    }

    // MARK: Pieces

    private var libraryText: String { String(cString: ccurl_easy_text(code)) }

    private var connectReason: String {
        systemError == 0 ? safeDetail : SystemError.text(systemError)
    }

    private var certificateReason: String {
        for prefix in ["SSL certificate problem: ", "SSL: "] where safeDetail.hasPrefix(prefix) {
            return String(safeDetail.dropFirst(prefix.count))
        }
        return safeDetail
    }

    private var certificateHelp: String {
        detail.contains("subject name")
            ? "call the host by a name that the certificate holds"
            : hasOwnAuthorities
                ? "name the authority that issued it in the provider's tls.ca"
                : "name the authority that issued it with --cacert"
    }

    /// `host:port` of the proxy that was not reached; libcurl names the one it tried: "Failed to connect to h port n after".
    private var refusingProxy: String? {
        let words = "Failed to connect to "
        guard !isLed, detail.hasPrefix(words) else { return nil }
        let parts = detail.dropFirst(words.count).split(separator: " ", maxSplits: 3)
        // Since 8.10 it writes "h:n after".
        let place = parts.count > 2 && parts[1] == "port" ? "\(parts[0]):\(parts[2])" : String(parts.first ?? "")
        let own = request.url.host.filter { $0 != "[" && $0 != "]" } + ":\(request.url.port)"
        let isPlain = place.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") }
        return place.contains(":") && place != own && isPlain ? place : nil
    }

    /// Without the user information of a proxy's URL, which libcurl quotes where it does not like the URL.
    private var detailWithoutUser: Substring {
        guard let at = detail.lastIndex(of: "@") else { return detail[...] }
        let head = detail[..<at]
        let start =
            head.firstRange(of: "//")?.upperBound ?? head.lastIndex { $0 == " " || $0 == "'" }.map(head.index(after:))
            ?? head.startIndex
        return detail[..<start] + detail[detail.index(after: at)...]
    }

    /// libcurl's text on one line and of a bearable length, whatever a server put into it.
    private var safeDetail: String {
        let scalars = detailWithoutUser.unicodeScalars.prefix(200).map { scalar in
            scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? " " : Character(scalar)
        }
        return String(scalars)
    }

    private func because(_ reason: String) -> String { reason.isEmpty ? "" : " (\(reason))" }

    private static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        if milliseconds == 0 { return "\(seconds) s" }
        return seconds == 0 ? "\(milliseconds) ms" : "\(Double(seconds) + Double(milliseconds) / 1000) s"
    }
}
