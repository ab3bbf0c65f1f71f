import HTTP
import JSON

/// Faults of a server that binds tokens to keys (RFC 9449).
extension Defect {
    static let possessions: [Defect] = [
        Defect("POP-01", "calls a token that it bound to a key a bearer token", [.oidc]) { faults in
            faults.token.append { request, _, next in
                var answer = next(request)
                if answer.isGrant, request.headers.contains(name: "DPoP") {
                    answer.response.editObject { $0["token_type"] = "Bearer" }
                }
                return answer
            }
        },
        inside("POP-02", "does not write into a token which key it is bound to", [.oidc]),
        apiAnswer("POP-03", "asks for a proof without naming algorithms", [.oidc]) { response, request in
            guard request.showsBoundToken, !request.headers.contains(name: "DPoP") else { return }
            response.editChallenge { $0.replacing(#", algs="ES256""#, with: "") }
        },
        inside("POP-04", "takes proofs that were made for another method", [.oidc]),
        inside("POP-05", "takes two proofs and looks at the first", [.oidc]),
        tokenError("POP-06", "calls a bad proof a bad client", "invalid_dpop_proof", [.oidc]) { response, _ in
            response.status = 401
            response.editObject { $0["error"] = "invalid_client" }
        },
        Defect("POP-07", "gives each key a nonce once, and asks for it again and again", [.oidc]) { faults in
            let asked = FaultMemory()
            faults.token.append { request, _, next in
                var answer = next(request)
                guard answer.response.object["error"]?.string == "use_dpop_nonce",
                    let key = request.headers["DPoP"].flatMap(LooseJWT.init)?.header["jwk"]?.object?["x"]?.string
                else { return answer }
                if !asked.isNew(key) { answer.response.setHeader("DPoP-Nonce", nil) }
                return answer
            }
        },
        apiAnswer("POP-13", "writes what is wrong with a DPoP token at the Bearer challenge", [.oidc]) { response, _ in
            response.editChallenge { challenge in
                guard challenge.hasPrefix("Bearer ") else { return challenge }
                return challenge.contains("error=") ? challenge : challenge + #", error="invalid_token""#
            }
        },
        inside("POP-09", "renews the tokens of a client without secret for whoever has its refresh token", [.oidc]),
        apiRequest("POP-10", "takes a token that is bound to a certificate from callers without it", [.oidc]) {
            request, scene in
            guard request.certificate == nil, request.queryFields["access_token"] == nil,
                let token = request.bearerToken, let tokens = scene.memory as? OIDCTokens,
                tokens.binding(of: token).certificate != nil
            else { return }
            request.admitted = tokens.holder(token)?.principal
        },
        tokenError("POP-11", "calls a client without its certificate a bad request", "invalid_client", [.oidc]) {
            response, request in
            guard request.certificate == nil, request.formValue("client_id") == "demo-oidc-client-vault" else { return }
            response.status = 400
            response.editObject { $0["error"] = "invalid_request" }
        },
        side("POP-12", "does not tell who asks about a token what it is bound to", "/introspect") { request, _, next in
            var response = next(request)
            response.editObject { $0["cnf"] = nil }
            return response
        },
        inside("DIS-14", "promises tokens that are bound to certificates, and binds none", [.oidc]),
        leniency("RES-36", "takes a token that is bound to a key from callers without it", [.oidc]) { token, scene in
            guard let tokens = scene.memory as? OIDCTokens, tokens.binding(of: token).key != nil else { return nil }
            return tokens.holder(token)?.principal
        },
    ]
}

extension SandboxRequest {
    fileprivate var showsBoundToken: Bool { headers["Authorization"]?.lowercased().hasPrefix("dpop ") ?? false }
}
