import HTTP
import JSON

/// Short ways to write a defect.
extension Defect {
    /// A defect that the service itself asks for, by `settings.has`.
    static func inside(_ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every) -> Defect {
        Defect(id, summary, vendors)
    }

    static func token(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ layer: @escaping Faults.Layer<TokenAnswer>
    ) -> Defect {
        Defect(id, summary, vendors) { $0.token.append(layer) }
    }

    /// Changes what the token service gets to see.
    static func tokenRequest(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ change: @escaping @Sendable (inout SandboxRequest, FaultScene) -> Void
    ) -> Defect {
        token(id, summary, vendors) { request, scene, next in
            var changed = request
            change(&changed, scene)
            return next(changed)
        }
    }

    /// Changes what the token service answers.
    static func tokenAnswer(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ change: @escaping @Sendable (inout SandboxResponse, SandboxRequest) -> Void
    ) -> Defect {
        token(id, summary, vendors) { request, _, next in
            var answer = next(request)
            change(&answer.response, request)
            return answer
        }
    }

    /// Changes the members of an answer that gives a token.
    static func granted(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every, refresh: Bool? = nil,
        _ change: @escaping @Sendable (inout JSONObject) -> Void
    ) -> Defect {
        token(id, summary, vendors) { request, _, next in
            var answer = next(request)
            if answer.isGrant, refresh == nil || refresh == (answer.outcome == .refreshed) {
                answer.response.editObject(change)
            }
            return answer
        }
    }

    /// Changes an error answer of the token service that has this code; nil: each.
    static func tokenError(
        _ id: String, _ summary: String, _ code: String?, _ vendors: Set<Vendor> = Vendor.form,
        _ change: @escaping @Sendable (inout SandboxResponse, SandboxRequest) -> Void
    ) -> Defect {
        tokenAnswer(id, summary, vendors) { response, request in
            guard response.status >= 400, code == nil || response.object["error"]?.string == code else { return }
            change(&response, request)
        }
    }

    static func api(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ layer: @escaping Faults.Layer<APIAnswer>
    ) -> Defect {
        Defect(id, summary, vendors) { $0.api.append(layer) }
    }

    /// Changes what the door and the API get to see.
    static func apiRequest(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ change: @escaping @Sendable (inout SandboxRequest, FaultScene) -> Void
    ) -> Defect {
        api(id, summary, vendors) { request, scene, next in
            var changed = request
            change(&changed, scene)
            return next(changed)
        }
    }

    static func apiAnswer(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ change: @escaping @Sendable (inout SandboxResponse, SandboxRequest) -> Void
    ) -> Defect {
        api(id, summary, vendors) { request, _, next in
            var answer = next(request)
            change(&answer.response, request)
            return answer
        }
    }

    /// A token that the door refuses is taken for somebody's after all.
    static func leniency(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ holder: @escaping @Sendable (String, FaultScene) -> Principal?
    ) -> Defect {
        apiRequest(id, summary, vendors) { request, scene in
            guard let token = request.bearerToken, scene.caller(request) == nil else { return }
            request.admitted = holder(token, scene)
        }
    }

    /// A GET without any credential is answered as if the vendor's first credential had come with it.
    static func open(_ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every) -> Defect {
        api(id, summary, vendors) { request, scene, next in
            guard request.method == "GET", request.isAnonymous else { return next(request) }
            let served = next(request.admitting(scene.stranger?.principal()))
            return served.response.isSuccess ? served : next(request)
        }
    }
}
