import HTTP
import JSON

/// Faults of the one renewal there is, Zarv's.
extension Defect {
    static let renewals: [Defect] = [
        Defect("REF-01", "answers a renewal with the access token of the login before", [.zarv]) { faults in
            let access = FaultMemory()
            faults.token.append { request, _, next in
                var answer = next(request)
                guard answer.isGrant else { return answer }
                if let old = request.object["refreshToken"]?.string.flatMap({ access[$0] }) {
                    answer.response.editObject { $0["accessToken"] = .string(old) }
                }
                let given = answer.response.object
                if let token = given["refreshToken"]?.string { access[token] = given["accessToken"]?.string }
                return answer
            }
        }.alsoRenewing(.sameAccess),
        renewalError("REF-02", "answers a bad refresh token with 403", 403).alsoRenewing(.forbidden),
        inside("REF-05", "gives a new refresh token less than the old one had", [.zarv]),
        usedOnce("REF-11", "does not take a refresh token again, not even from a client that lost the answer"),
        inside("REF-12", "takes an access token for a refresh token", [.zarv]).alsoRenewing(.accessToken),
        token("REF-13", "lets answers to renewals be cached", [.zarv]) { request, _, next in
            var answer = next(request)
            if answer.outcome == .refreshed { answer.response.setHeader("Cache-Control", "public, max-age=60") }
            return answer
        }.alsoRenewing(.none),
        endsAccess("REF-14", "ends an access token once it was renewed"),
    ]

    /// A bad refresh token, and nothing else, is answered with this status.
    static func renewalError(_ id: String, _ summary: String, _ status: Int) -> Defect {
        tokenAnswer(id, summary, [.zarv]) { response, request in
            guard request.isRenewal, response.status == 401 else { return }
            response.status = status
            response.setHeader("WWW-Authenticate", nil)
        }
    }

    static func endsAccess(_ id: String, _ summary: String) -> Defect {
        Defect(id, summary, [.zarv]) { faults in
            let access = FaultMemory()
            let ended = FaultMemory()
            faults.token.append { request, _, next in
                let answer = next(request)
                guard answer.isGrant else { return answer }
                if let old = request.object["refreshToken"]?.string.flatMap({ access[$0] }) { ended[old] = "" }
                let given = answer.response.object
                if let token = given["refreshToken"]?.string { access[token] = given["accessToken"]?.string }
                return answer
            }
            faults.api.append { request, _, next in
                var asked = request
                if let token = request.bearerToken, ended[token] != nil {
                    asked.setHeader("Authorization", "Bearer ended")
                }
                return next(asked)
            }
        }
    }

    static func usedOnce(_ id: String, _ summary: String) -> Defect {
        Defect(id, summary, [.zarv]) { faults in
            let used = FaultMemory()
            faults.token.append { request, _, next in
                guard request.isRenewal, let token = request.object["refreshToken"]?.string else {
                    return next(request)
                }
                if used[token] != nil { return next(request.renewing(with: "used")) }
                let answer = next(request)
                if answer.isGrant { used[token] = "" }
                return answer
            }
        }
    }
}

extension SandboxRequest {
    var isRenewal: Bool { method == "POST" && path.hasSuffix("/refresh") }

    /// With another refresh token.
    func renewing(with token: String) -> SandboxRequest {
        var copy = self
        copy.object["refreshToken"] = .string(token)
        return copy
    }
}
