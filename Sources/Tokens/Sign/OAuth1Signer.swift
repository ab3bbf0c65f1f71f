import HTTP
import Providers
import Secrets

/// OAuth 1.0 (RFC 5849): consumer and token sign each call with HMAC.
struct OAuth1Signer: RequestSigner {
    let context: SigningContext
    let method: OAuth1Rules.Method
    let consumerKey: String
    let consumerSecret: Secret
    let token: String?
    let tokenSecret: Secret?
    let realm: String?

    func sign(_ request: inout HTTPRequest) throws(CredentialError) {
        var parameters: [(String, String)] = [
            ("oauth_consumer_key", consumerKey), ("oauth_signature_method", method.rawValue),
            ("oauth_timestamp", String(context.clock.wall() / 1000)),
            ("oauth_nonce", Hexadecimal.encode(context.chance.bytes(16))),
        ]
        if let token { parameters.append(("oauth_token", token)) }
        let signature = signature(of: request, parameters)
        parameters.append(("oauth_signature", signature))
        let fields = parameters.map { "\(PercentEncoding.encode($0.0))=\"\(PercentEncoding.encode($0.1))\"" }
        let all = (realm.map { ["realm=\"\($0)\""] } ?? []) + fields
        context.set("Authorization", "OAuth " + all.joined(separator: ", "), isSensitive: true, in: &request)
    }

    func signature(of request: HTTPRequest, _ parameters: [(String, String)]) -> String {
        let base = Self.base(request, parameters)
        let key = [consumerSecret.reveal(), tokenSecret?.reveal() ?? ""].map { PercentEncoding.encode($0) }
            .joined(separator: "&")
        let hash: HMACRules.Hash = method == .hmacSHA1 ? .sha1 : .sha256
        return Base64.encode(KeyedHash.code(Array(base.utf8), key: Array(key.utf8), hash))
    }

    /// §3.4.1: method, URL without query, and all parameters, those of a form body included.
    private static func base(_ request: HTTPRequest, _ parameters: [(String, String)]) -> String {
        var all = parameters + request.url.parameters.map { ($0.name, $0.value) }
        let isForm =
            request.headers["Content-Type"]?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
        if isForm { all += form(String(decoding: request.bodyBytes, as: UTF8.self)) }
        let pairs = EncodedPairs(all).sorted
        let parts: [String] = [request.method.rawValue, request.url.origin.description + request.url.path, pairs]
        return parts.map { PercentEncoding.encode($0) }.joined(separator: "&")
    }

    private static func form(_ body: String) -> [(String, String)] {
        body.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (FormDecoding.text(parts[0]), parts.count == 2 ? FormDecoding.text(parts[1]) : "")
        }
    }
}
