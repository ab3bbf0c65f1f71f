import HTTP
import JSON

extension Defect {
    static let zara4: [Defect] = [
        created("Z4-01", [.zara4]),
        tokenRequest("Z4-02", "reads the first of several scopes only", [.zara4]) { request, _ in
            guard let scope = request.formValue("scope"), scope.contains(",") else { return }
            request.replaceForm("scope", with: String(scope.prefix { $0 != "," }))
        },
        api("Z4-03", "does not let the scope usage read the usage", [.zara4]) { request, scene, next in
            guard request.path == "/v1/usage", scene.caller(request) != nil else { return next(request) }
            return next(request.admitting(scene.caller(request).map { $0.with([]) }))
        },
        api("Z4-04", "lets a token for usage alone submit images", [.zara4]) { request, scene, next in
            guard let caller = scene.caller(request) else { return next(request) }
            return next(request.admitting(caller.with(["image-processing", "usage"])))
        },
        granted("Z4-05", "says that a token lives for no second", [.zara4]) { $0["expires_in"] = 0 },
        granted("Z4-06", "gives a refresh token", [.zara4]) { $0["refresh_token"] = .string(Identifier.token()) },
        api("Z4-07", "does not take submissions with test credentials", [.zara4]) { request, scene, next in
            guard !request.isSafe, scene.caller(request)?.role == "test" else { return next(request) }
            return APIAnswer(
                response: scene.service.errors.response(Refusal(501, "not_implemented", "not for test credentials")))
        },
        inside("Z4-08", "counts submissions with test credentials", [.zara4]),
        api("Z4-09", "shows real account data to test credentials, and the other way round", [.zara4]) {
            request, scene, next in
            guard let caller = scene.caller(request), request.isSafe else { return next(request) }
            let answer = next(request)
            guard answer.response.status == 404 else { return answer }
            var other = caller
            other.tenant = caller.role == "test" ? String(caller.tenant.dropLast(5)) : caller.tenant + "-test"
            return next(request.admitting(other))
        },
        inside("Z4-10", "does not count submissions", [.zara4]),
        token("Z4-11", "gives a token for a wrong id or secret", [.zara4]) { request, scene, next in
            let answer = next(request)
            return answer.response.status == 401 ? next(scene.login(request)) : answer
        },
        open("Z4-12", "answers reads without a token", [.zara4]),
    ]
}

extension Principal {
    func with(_ grants: Set<String>) -> Principal {
        var copy = self
        copy.grants = grants
        return copy
    }
}

extension SandboxRequest {
    mutating func replaceForm(_ name: String, with value: String) {
        form = form.map { $0.name == name ? (name: name, value: value) : $0 }
    }
}
