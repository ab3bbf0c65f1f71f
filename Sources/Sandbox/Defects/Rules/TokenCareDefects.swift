import HTTP
import JSON

/// Faults of the textbook server's revocation and introspection.
extension Defect {
    static let revocations: [Defect] = [
        revoke("REV-01", "revokes by GET too") { $1($0.asPost) },
        revoke("REV-02", "answers a revocation with 202") { request, next in
            var response = next(request)
            if response.status == 200, request.isKnown, request.hint == "access_token" { response.status = 202 }
            return response
        },
        revoke("REV-03", "calls the revocation of an unknown token an error") { request, next in
            let response = next(request)
            guard response.status == 200, !request.isKnown else { return response }
            return ErrorShape.oauth.response(.badRequest("there is no such token"))
        },
        revoke("REV-04", "answers a revocation without token as done") { request, next in
            let response = next(request)
            return response.status == 400 && request.formValue("token") == nil ? SandboxResponse(200) : response
        },
        revoke("REV-05", "answers the revocation by a client that does not exist as done") { request, next in
            let response = next(request)
            return response.status == 401 ? SandboxResponse(200) : response
        },
        revoke("REV-06", "believes a wrong hint and leaves the token alive") { request, next in
            request.isKnown && request.hint == "refresh_token" ? SandboxResponse(200) : next(request)
        },
        revoke("REV-07", "refuses a hint that it does not know") { request, next in
            guard let hint = request.hint, !["access_token", "refresh_token"].contains(hint) else {
                return next(request)
            }
            return ErrorShape.oauth.response(.badRequest("there is no such kind of token"))
        },
        inside("REV-08", "revokes a token whichever client asks for it", [.oidc]),
        revoke("REV-09", "says that it revoked an access token, and does not") { request, next in
            request.isKnown && request.hint == "access_token" ? SandboxResponse(200) : next(request)
        },
        inside("REV-10", "leaves access tokens alive when their refresh token is revoked", [.oidc]),
        revoke("REV-11", "is busy and does not say for how long") { request, next in
            let response = next(request)
            return response.status == 200 && !request.isKnown
                ? ErrorShape.oauth.response(Refusal(503, "temporarily_unavailable", "busy")) : response
        },
    ]

    static let introspections: [Defect] = [
        introspect("INT-01", "describes tokens by GET too") { $1($0.asPost) },
        introspect("INT-02", "describes tokens to anybody") { request, next in
            let response = next(request)
            return response.status == 401 ? .json(200, ["active": false]) : response
        },
        introspect("INT-03", "says of a good token that it is active in a text") { request, next in
            next(request).describing { $0["active"] = "true" }
        },
        introspect("INT-04", "tells of a token that nobody issued whose it was") { request, next in
            var response = next(request)
            if !request.isKnown, response.status == 200 { response.editObject { $0["client_id"] = "somebody" } }
            return response
        },
        introspect("INT-05", "calls the question about an unknown token an error") { request, next in
            let response = next(request)
            guard response.status == 200, !request.isKnown else { return response }
            return ErrorShape.oauth.response(.badRequest("there is no such token"))
        },
        introspect("INT-06", "writes scopes as a list") { request, next in
            next(request).describing { $0["scope"] = .texts(["notes:read"]) }
        },
        introspect("INT-07", "says another end than the token") { request, next in
            next(request).describing { $0["exp"] = $0["exp"]?.number?.int.map { .integer($0 + 1_000) } }
        },
        Defect("INT-08", "describes a revoked token as active", [.oidc]) { faults in
            let revoked = FaultMemory()
            let told = FaultMemory()
            faults.side.append { request, _, next in
                var response = next(request)
                let token = request.formValue("token") ?? ""
                if request.path == "/revoke", request.hint == "access_token" { revoked[token] = "" }
                guard request.path == "/introspect" else { return response }
                if revoked[token] != nil, let before = told[token] {
                    response.body = Array(before.utf8)
                } else if response.object["active"]?.boolean == true {
                    told[token] = String(decoding: response.body, as: UTF8.self)
                }
                return response
            }
        },
        introspect("INT-09", "lets caches keep what is said of tokens") { request, next in
            var response = next(request)
            if response.isSuccess { response.setHeader("Cache-Control", "public, max-age=60") }
            return response
        },
        introspect("INT-10", "believes a wrong hint and knows nothing then") { request, next in
            let response = next(request)
            return response.isSuccess && request.hint == "refresh_token" ? .json(200, ["active": false]) : response
        },
    ]

    private typealias Layer = @Sendable (SandboxRequest, (SandboxRequest) -> SandboxResponse) -> SandboxResponse

    private static func revoke(_ id: String, _ summary: String, _ layer: @escaping Layer) -> Defect {
        side(id, summary, "/revoke") { request, _, next in layer(request, next) }
    }

    private static func introspect(_ id: String, _ summary: String, _ layer: @escaping Layer) -> Defect {
        side(id, summary, "/introspect") { request, _, next in layer(request, next) }
    }
}

extension SandboxRequest {
    fileprivate var hint: String? { formValue("token_type_hint") }

    /// About a token that was made here, or looks like it.
    fileprivate var isKnown: Bool { (formValue("token") ?? "").split(separator: ".").count == 3 && !isMadeUp }

    /// A made-up token has no header that could be read.
    private var isMadeUp: Bool { LooseJWT(formValue("token") ?? "") == nil }

    /// A GET with the members in the URL, as the POST that it should be.
    fileprivate var asPost: SandboxRequest {
        guard method == "GET" else { return self }
        var copy = self
        copy.method = "POST"
        copy.setHeader("Content-Type", "application/x-www-form-urlencoded")
        copy.body = Array((query ?? "").utf8)
        copy.query = nil
        return copy
    }
}

extension SandboxResponse {
    /// Of an active token.
    fileprivate func describing(_ change: (inout JSONObject) -> Void) -> SandboxResponse {
        guard object["active"]?.boolean == true else { return self }
        var copy = self
        copy.editObject(change)
        return copy
    }
}
