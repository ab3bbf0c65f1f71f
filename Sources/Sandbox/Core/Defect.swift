/// A switchable fault: each breaks exactly one rule or promise, so that every check has something to find.
package enum Defect: String, CaseIterable, Sendable, Hashable {
    case letsInWithoutCredential = "RES-02"
    case challengeMissing = "RES-03"
    case acceptsTokenInQuery = "RES-14"
    case acceptsRefreshToken = "RES-30"
    case tokenAnswerCacheable = "TOK-24"

    /// One line for `--list-defects`.
    package var summary: String {
        switch self {
        case .letsInWithoutCredential: "serves the API to callers without a credential"
        case .challengeMissing: "answers 401 without WWW-Authenticate"
        case .acceptsTokenInQuery: "takes an access token from the query"
        case .acceptsRefreshToken: "takes Zarv's refresh token for an access token"
        case .tokenAnswerCacheable: "sends token answers without Cache-Control: no-store"
        }
    }
}
