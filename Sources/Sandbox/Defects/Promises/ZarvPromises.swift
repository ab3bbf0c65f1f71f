import HTTP
import JSON

extension Defect {
    static let zarv: [Defect] = [
        open("ZV-01", "answers reads without a token", [.zarv]),
        created("ZV-02", [.zarv]),
        granted("ZV-03", "calls the token's type bearer, in lower case", [.zarv]) { $0["token_type"] = "bearer" },
        bare("ZV-04", "takes a token without the word Bearer before it", [.zarv]),
        leniency("ZV-05", "takes access tokens whose end has passed", [.zarv]) { $1.memory.formerHolder($0) },
        granted("ZV-06", "says that refresh tokens live no longer than access tokens", [.zarv]) { object in
            object["refreshExpiresIn"] = object["expires_in"]
        },
        created("ZV-07", [.zarv], refresh: true),
        granted("ZV-08", "answers a renewal with the access token alone", [.zarv], refresh: true) { object in
            object["refreshToken"] = nil
            object["refreshExpiresIn"] = nil
        },
        Defect("ZV-09", "does not take the refresh tokens that a renewal gave", [.zarv]) { faults in
            let renewed = FaultMemory()
            faults.token.append { request, _, next in
                if request.isRenewal, let token = request.object["refreshToken"]?.string, renewed[token] != nil {
                    return next(request.renewing(with: "renewed"))
                }
                let answer = next(request)
                if answer.outcome == .refreshed, let token = answer.response.object["refreshToken"]?.string {
                    renewed[token] = ""
                }
                return answer
            }
        },
        usedOnce("ZV-10", "takes each refresh token once"),
        token("ZV-11", "renews with any text for a refresh token", [.zarv]) { request, scene, next in
            let answer = next(request)
            guard request.isRenewal, answer.response.status == 401 else { return answer }
            let path = "/api/v1/authentication"
            let route = scene.service.tokenRoutes.first { $0.path == path }
            guard var pair = route?.answer(scene.login(request)) else { return answer }
            pair.response.setHeader("Cache-Control", "no-store")
            return pair
        },
        apiAnswer("ZV-12", "answers an unknown or expired token with 403", [.zarv]) { response, _ in
            if response.status == 401, response.challengeNames("invalid_token") { response.status = 403 }
        },
        apiAnswer("ZV-13", "answers a token that is not enough with 404", [.zarv]) { response, _ in
            guard response.status == 403 else { return }
            response.status = 404
            response.setHeader("WWW-Authenticate", nil)
        },
        tokenAnswer("ZV-14", "answers a failed login with 200", [.zarv]) { response, request in
            if response.status == 401, !request.isRenewal { response.status = 200 }
        },
        inside("ZV-15", "takes a refresh token for an access token", [.zarv]),
    ]
}
