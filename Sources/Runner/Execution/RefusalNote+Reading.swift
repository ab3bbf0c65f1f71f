import HTTP
import Results
import Secrets
import Tokens

extension RefusalNote {
    private static let limit = 1000

    /// nil where the answer is no refusal.
    ///
    /// - Parameter now: milliseconds since 1970.
    init?(_ response: HTTPResponse, _ token: TokenInfo?, at now: Int64, _ redactor: Redactor) {
        guard [401, 403].contains(response.status) else { return nil }
        self.init(
            answeredAt: now,
            challenges: response.headers.values("WWW-Authenticate").map {
                String(redactor.redact($0).prefix(Self.limit))
            },
            token: token.map { TokenNote($0) })
    }
}

extension TokenNote {
    init(_ token: TokenInfo) {
        let claims = TokenClaims(token.value)?.claims ?? []
        self.init(
            type: token.type, origin: token.origin.rawValue, obtainedAt: token.obtainedAt, expiresAt: token.expiresAt,
            grantedScope: token.grantedScope, claims: claims.map { Claim($0.name, $0.shown) })
    }
}
