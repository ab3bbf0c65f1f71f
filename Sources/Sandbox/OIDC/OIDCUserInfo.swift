import HTTP
import JSON

/// `GET` and `POST /userinfo` (OpenID Connect Core §5.3): whom a token is about, for tokens with the scope `openid`.
struct OIDCUserInfo: Sendable {
    let tokens: OIDCTokens

    var route: SideRoute {
        let possession = BearerGuard.Possession(proofs: ProofReader(tokens.settings)) { tokens.binding(of: $0) }
        let door = BearerGuard(realm: "userinfo", possession: possession) { tokens.holder($0)?.principal }
        return SideRoute("/userinfo", methods: ["GET", "POST"]) { request in
            do throws(Refusal) {
                try door.require(["openid"], try door.admit(request), request)
                let token = request.headers["Authorization"]?.split(separator: " ").last.map(String.init) ?? ""
                let subject = tokens.holder(token)?.subject ?? ""
                return .json(200, ["sub": .string(subject)]).adding("Cache-Control", "no-store")
            } catch {
                return ErrorShape.oauth.response(error)
            }
        }
    }
}
