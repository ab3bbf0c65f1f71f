import JSON
import Providers

extension ResourceProbe {
    /// More rights written into the token, under the signature of the old ones.
    static let tamperedClaims = ResourceProbe("N-10", .tamperedToken, class: 2) { material in
        material.withJWT { part, jwt in
            let (claims, name) = jwt.claims.raised
            return material.forged(
                part, [("with more in the token's claim '\(name)', its signature kept", jwt.text(claims: claims))])
        }
    }
}

extension JSONObject {
    /// With more rights in it, and the claim that gives them.
    var raised: (claims: JSONObject, name: String) {
        var claims = self
        for name in ["scope", "scp", "roles", "permissions", "role"] {
            switch claims[name] {
            case .string(let text):
                claims[name] = .string(name == "role" ? (text == "admin" ? "owner" : "admin") : text + " admin")
            case .array(let values): claims[name] = .array(values + ["admin"])
            default: continue
            }
            return (claims, name)
        }
        claims["sub"] = "usher-somebody-else"
        return (claims, "sub")
    }
}
