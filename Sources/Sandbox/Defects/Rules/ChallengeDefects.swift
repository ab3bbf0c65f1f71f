import HTTP
import JSON

/// Refusals that are right, and said wrongly: nobody gets in.
extension Defect {
    static let challenges: [Defect] = [
        apiAnswer("RES-03", "answers 401 without WWW-Authenticate") { response, _ in
            if response.status == 401 { response.setHeader("WWW-Authenticate", nil) }
        },
        plainChallenge("RES-04", "sends a challenge whose quotation marks do not match") { String($0.dropLast()) },
        plainChallenge("RES-05", "challenges with a scheme that is not Bearer") { "Token" + $0.dropFirst(6) },
        plainChallenge("RES-06", "challenges with Bearer and not a word more") { _ in "Bearer" },
        plainChallenge("RES-07", "names the realm twice in a challenge") { $0 + ", " + $0.dropFirst(7) },
        plainChallenge("RES-08", "calls it an invalid token where none was sent") { $0 + ", error=\"invalid_token\"" },
        apiAnswer("RES-09", "answers an invalid token as an invalid request, with 400") { response, _ in
            guard response.status == 401, response.challengeNames("invalid_token") else { return }
            response.status = 400
            response.editChallenge { $0.replacing("invalid_token", with: "invalid_request") }
        },
        apiAnswer("RES-10", "answers 403 without saying that the scope is not enough") { response, _ in
            guard response.status == 403 else { return }
            response.editChallenge { $0.replacing("insufficient_scope", with: "access_denied") }
        },
        apiAnswer("RES-11", "answers a token sent in two ways with 401") { response, _ in
            guard response.status == 400, response.challengeNames("invalid_request") else { return }
            response.status = 401
        },
        apiAnswer("RES-12", "writes characters into a challenge's text that may not stand there") { response, _ in
            response.editChallenge { $0.replacing("the access token is", with: "the \\\"access token\\\" is") }
        },
        apiAnswer("RES-19", "answers 401 where a valid token is not enough") { response, _ in
            if response.status == 403 { response.status = 401 }
        },
        api("RES-20", "answers 403 for somebody else's object, and 404 for one that is not there") {
            request, scene, next in
            var answer = next(request)
            guard answer.response.status == 404, let caller = scene.caller(request) else { return answer }
            let others = Set(DemoCredential.all.filter { $0.vendor == scene.vendor && $0.tenant != caller.tenant })
            var look = request
            look.method = "GET"
            guard others.contains(where: { next(look.admitting($0.principal())).response.status == 200 }) else {
                return answer
            }
            answer.response = scene.service.errors.response(
                Refusal(
                    403, "forbidden", "this object belongs to somebody else",
                    headers: [("WWW-Authenticate", "Bearer realm=\"\(scene.vendor.rawValue)\"")]))
            return answer
        },
        api("RES-21", "looks at the body before the credential") { request, scene, next in
            guard !request.isSafe, request.isAnonymous, !request.body.isEmpty, request.object.isEmpty else {
                return next(request)
            }
            return APIAnswer(response: scene.service.errors.response(.badRequest("the body is not JSON")))
        },
        api("RES-22", "looks for the object before the credential") { request, scene, next in
            let answer = next(request)
            guard answer.response.status == 401, request.isAnonymous else { return answer }
            var look = request.admitting(scene.stranger?.principal())
            look.method = "GET"
            return next(look).response.status == 404
                ? APIAnswer(response: scene.service.errors.response(.notFound)) : answer
        },
        apiAnswer("RES-23", "shows where it stumbled in the body of a 401") { response, _ in
            guard response.status == 401 else { return }
            response.editObject { object in
                object["trace"] = .string(
                    "Traceback (most recent call last):\n  File \"/srv/app/auth/guard.py\", line 42, in admit\n"
                        + "  at db-7.internal.acme.test (10.0.3.17)")
            }
        },
    ]

    /// Changes the challenge a caller without a usable credential gets.
    private static func plainChallenge(
        _ id: String, _ summary: String, _ change: @escaping @Sendable (String) -> String
    ) -> Defect {
        apiAnswer(id, summary) { response, _ in
            if response.isPlainChallenge { response.editChallenge(change) }
        }
    }
}
