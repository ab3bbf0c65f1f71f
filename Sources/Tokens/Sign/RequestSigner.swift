import Diagnostics
import HTTP
import Secrets

/// Signs requests one by one; what it adds is marked as sensitive.
protocol RequestSigner: Sendable {
    var context: SigningContext { get }

    /// Adds the signature, in place of one that stands there.
    ///
    /// - Throws: `CredentialError`; the request is unchanged then.
    func sign(_ request: inout HTTPRequest) throws(CredentialError)

    /// Looks at an answer; true where the same request, signed anew, has better chances: the answer brought a challenge
    /// or a nonce that was not known before.
    func learn(from response: HTTPResponse, to request: HTTPRequest) -> Bool
}

extension RequestSigner {
    func learn(from response: HTTPResponse, to request: HTTPRequest) -> Bool { false }
}

/// What signers share.
struct SigningContext: Sendable {
    let identity: String
    let redactor: Redactor
    let clock: TokenClock
    let chance: Chance

    /// - Parameter span: what is at fault: a member of `sign`, or the secret that the environment binds.
    func failure(_ reason: String, at span: Span?) -> CredentialError {
        CredentialError(
            .profile, identity: identity,
            redactor.redact("the request of '\(identity)' cannot be signed: \(reason)"), place: span)
    }

    func failure(_ reason: String, _ fault: GivenPlaces.Fault) -> CredentialError {
        failure(reason + fault.remark, at: fault.place)
    }

    /// Sets a header field, in place of all of that name.
    func set(_ name: String, _ value: String, isSensitive: Bool, in request: inout HTTPRequest) {
        request.headers.removeAll(named: name)
        request.headers.append(HeaderField(name, value, isSensitive: isSensitive))
    }

    /// Masks the signature from now on.
    func hide(_ signature: String) { redactor.register(signature, label: "\(identity).signature") }
}

extension HTTPRequest {
    var bodyBytes: [UInt8] { if case .bytes(let bytes) = body { bytes } else { [] } }
}

extension HTTPURL {
    /// As libcurl writes it into `Host`.
    var hostField: String {
        port == HTTPURL.defaultPort(scheme) ? host : "\(host):\(port)"
    }

    /// Path and query as they go on the wire.
    var target: String { path + (query.map { "?" + $0 } ?? "") }

    /// The parameters with their encoding taken off, in order.
    var parameters: [(name: String, value: String)] {
        (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (PercentDecoding.text(parts[0]), parts.count == 2 ? PercentDecoding.text(parts[1]) : "")
        }
    }
}

/// Parameters percent-encoded and sorted by name, then value, byte by byte, as canonical requests have them.
struct EncodedPairs {
    private let pairs: [(name: String, value: String)]

    init(_ pairs: [(String, String)]) {
        self.pairs = pairs.map { (PercentEncoding.encode($0.0), PercentEncoding.encode($0.1)) }
    }

    var sorted: String {
        let sorted = pairs.sorted { a, b in
            a.name == b.name
                ? a.value.utf8.lexicographicallyPrecedes(b.value.utf8)
                : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
        }
        return sorted.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }
}

/// RFC 3986 §2.1, without the form's `+`.
enum PercentDecoding {
    static func text(_ text: Substring) -> String {
        FormDecoding.text(Substring(text.replacing("+", with: "%2B")))
    }
}
