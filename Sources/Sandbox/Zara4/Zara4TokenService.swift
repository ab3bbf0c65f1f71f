/// `POST /oauth/access_token`. The page shows no answer and no lifetime: RFC 6749's names and an hour stand in for them.
struct Zara4TokenService: Sendable {
    private let service: OAuthTokenService

    init(_ settings: VendorSettings, _ store: TokenStore) {
        service = OAuthTokenService(settings, store, documented: 3_600)
    }

    var route: TokenRoute {
        TokenRoute(path: "/oauth/access_token") { request in
            service.answer(request) { (asked, known) throws(Refusal) in try Self.scopes(asked.fields["scope"], known) }
        }
    }

    /// What was asked for, as far as the client may have it: a smaller grant is said in the answer (RFC 6749 §3.3).
    private static func scopes(_ text: String?, _ known: DemoCredential) throws(Refusal) -> Set<String> {
        guard let text else { return known.grants }
        let asked = Set(text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        guard asked.isSubset(of: ["image-processing", "usage"]) else {
            throw Refusal(400, "invalid_scope", "scopes are image-processing and usage, separated by commas")
        }
        let granted = asked.intersection(known.grants)
        guard !granted.isEmpty else { throw Refusal(400, "invalid_scope", "none of these scopes can be granted") }
        return granted
    }
}
