import HTTP
import JSON

/// Forged JWTs that the door takes: Zarv's, whose tokens alone are JWTs.
extension Defect {
    static let forgedTokens: [Defect] = [
        forged("JWT-09", "takes unsigned tokens") { jwt, _ in
            jwt.signature.isEmpty || jwt.header["alg"]?.string?.lowercased() == "none"
        },
        forged("JWT-10", "does not look whether the signature fits the claims") { jwt, issued in
            isOrdinary(jwt) && issued[jwt.signature] != nil
        },
        forged("JWT-12", "believes a key that stands in the token's own header") { jwt, _ in
            ["jwk", "jku", "x5c", "x5u"].contains { jwt.header[$0] != nil }
        },
        forged("JWT-13", "takes any key the header's kid leads to") { jwt, _ in jwt.header["kid"] != nil },
        forged("JWT-14", "takes a token with a critical extension it does not know") { jwt, issued in
            jwt.header["crit"] != nil && issued[jwt.payload] != nil
        },
        api("JWT-16", "breaks down over a token that is no JWT", [.zarv]) { request, scene, next in
            guard let token = request.bearerToken, token.split(separator: ".").count != 3 else { return next(request) }
            return APIAnswer(
                response: scene.service.errors.response(Refusal(500, "internal", "something went wrong")))
        },
    ]

    /// - Parameter isTaken: by the token and by the payloads and signatures that were issued.
    private static func forged(
        _ id: String, _ summary: String, _ isTaken: @escaping @Sendable (LooseJWT, FaultMemory) -> Bool
    ) -> Defect {
        Defect(id, summary, [.zarv]) { faults in
            let issued = FaultMemory()
            faults.token.append { request, _, next in
                let answer = next(request)
                if answer.isGrant, let token = answer.response.object["accessToken"]?.string, let jwt = LooseJWT(token)
                {
                    issued[jwt.payload] = ""
                    issued[jwt.signature] = ""
                }
                return answer
            }
            faults.api.append { request, scene, next in
                guard let jwt = request.bearerToken.flatMap(LooseJWT.init), scene.caller(request) == nil,
                    isTaken(jwt, issued), let holder = scene.memory.holder(of: jwt)
                else { return next(request) }
                return next(request.admitting(holder))
            }
        }
    }

    /// As Zarv writes it: nothing of the other forgeries.
    private static func isOrdinary(_ jwt: LooseJWT) -> Bool {
        jwt.header["alg"]?.string == "HS256" && jwt.header.names.allSatisfy { ["alg", "typ"].contains($0) }
    }
}
