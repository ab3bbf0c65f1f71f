import Crypto
import HTTP
import JSON

/// Faults of the textbook server's tokens, and of its door.
extension Defect {
    static let textbook: [Defect] = [
        written("JWT-01", "says typ JWT in the header of access tokens") { header, _ in header["typ"] = "JWT" },
        written("JWT-04", "writes the scope claim with commas") { _, claims in
            claims["scope"] = claims["scope"]?.string.map { .string($0.replacing(" ", with: ",")) }
        },
        written("JWT-18", "signs with a key that it shares (HS256)") { header, _ in header["alg"] = "HS256" },
        side("JWT-08", "publishes other keys than it signs with", "/jwks") { request, _, next in
            var response = next(request)
            response.editObject { $0["keys"] = .array([.object(ES256Signer().publicKey)]) }
            return response
        },
        leniency("JWT-11", "takes tokens signed with its public key as a shared secret", [.oidc]) { token, scene in
            guard let memory = scene.memory as? OIDCTokens, memory.signer.isConfused(token) else { return nil }
            return LooseJWT(token).flatMap { memory.holder(of: $0) }
        },
        sameRefreshToken("REF-08", "hands a client without secret the same refresh token again"),
        leniency("RES-27", "lets revoked tokens in until they end", [.oidc]) { token, scene in
            guard let jwt = LooseJWT(token), (scene.memory as? OIDCTokens)?.isCurrent(jwt.claims) == true else {
                return nil
            }
            return scene.memory.formerHolder(token)
        },
        leniency("RES-29", "takes tokens of another issuer", [.oidc]) { token, scene in
            (scene.service as? OIDCService)?.second.tokens.holder(token)?.principal
        },
        leniency("RES-31", "takes ID tokens for access tokens", [.oidc]) { token, scene in
            guard let jwt = (scene.memory as? OIDCTokens)?.signer.verify(token), jwt.header["typ"]?.string == "JWT",
                let client = jwt.claims["aud"]?.string
            else { return nil }
            return DemoCredential.find(client, .oidc)?.principal()
        },
    ]

    /// Access tokens that are right but for one thing.
    private static func written(
        _ id: String, _ summary: String,
        _ change: @escaping @Sendable (_ header: inout JSONObject, _ claims: inout JSONObject) -> Void
    ) -> Defect {
        Defect(id, summary, [.oidc]) { faults in
            faults.alias { given in
                guard let jwt = LooseJWT(given.token) else { return given.token }
                var (header, claims) = (jwt.header, jwt.claims)
                change(&header, &claims)
                // The door looks the whole token up.
                return (given.memory as? OIDCTokens)?.signer.sign(header: header, claims) ?? given.token
            }
        }
    }

    /// The newest token of the family stands behind the first one, whatever comes back.
    private static func sameRefreshToken(_ id: String, _ summary: String) -> Defect {
        Defect(id, summary, [.oidc]) { faults in
            let newest = FaultMemory()
            faults.token.append { request, _, next in
                guard let shown = request.formValue("refresh_token"), request.isAnonymous,
                    request.formValue("client_secret") == nil
                else { return next(request) }
                var asked = request
                if let token = newest[shown] { asked.replaceForm("refresh_token", with: token) }
                var answer = next(asked)
                guard answer.isGrant, let token = answer.response.object["refresh_token"]?.string else { return answer }
                newest[shown] = token
                answer.response.editObject { $0["refresh_token"] = .string(shown) }
                return answer
            }
        }
    }

    /// Around one path beside tokens and API.
    static func side(
        _ id: String, _ summary: String, _ path: String, _ layer: @escaping Faults.Layer<SandboxResponse>
    ) -> Defect {
        Defect(id, summary, [.oidc]) { faults in
            faults.side.append { request, scene, next in
                request.path == path ? layer(request, scene, next) : next(request)
            }
        }
    }
}

extension ES256Signer {
    /// Whether the token is HS256 under the public key as it is published in PEM: RFC 8725 §2.1.
    fileprivate func isConfused(_ token: String) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let jwt = LooseJWT(token), jwt.header["alg"]?.string == "HS256",
            let code = Base64URL.decode(parts[2])
        else { return false }
        return publicTexts.contains { text in
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: SymmetricKey(data: Array(text.utf8))
            )
        }
    }
}
