import HTTP
import JSON

/// What a token service lets pass that it should not, or refuses that it should take.
extension Defect {
    static let tokenRequests: [Defect] = [
        token("TOK-01", "issues tokens over plain HTTP too") { request, scene, next in
            // On the plain port nothing has TLS, and the vendor's name stands in front of the path.
            request.isTLS || !request.basePath.isEmpty ? next(request) : next(scene.login(request))
        },
        tokenRequest("TOK-02", "issues tokens by GET") { request, scene in
            if request.method == "GET", request.query?.isEmpty == false { request = scene.login(request) }
        },
        tokenRequest("TOK-04", "takes the client's credential from the URL") { request, scene in
            let names = request.queryFields.fields.map { $0.name.lowercased() }
            let isCredential = names.contains { $0.hasSuffix("secret") || $0 == "password" }
            if request.method == "POST", isCredential { request = scene.login(request) }
        },
        token("TOK-05", "refuses clients that authenticate by HTTP Basic", Vendor.form) { request, scene, next in
            guard request.headers.contains(name: "Authorization") else { return next(request) }
            return .refused(scene.service.tokenErrors.response(ClientCredentialsRequest.invalidClient()))
        },
        token("TOK-06", "refuses a parameter it does not know") { request, scene, next in
            let names = request.isForm ? request.form.map(\.name) : request.object.names
            guard !names.allSatisfy(knownParameters.contains) else { return next(request) }
            return .refused(scene.service.tokenErrors.response(.badRequest("there is no such parameter")))
        },
        token("TOK-07", "refuses a parameter with an empty value", Vendor.form) { request, scene, next in
            guard request.form.contains(where: { $0.value.isEmpty }) else { return next(request) }
            return .refused(scene.service.tokenErrors.response(.badRequest("a parameter is empty")))
        },
        tokenRequest("TOK-08", "takes the first of a repeated parameter", Vendor.form) { request, _ in
            var seen: Set<String> = []
            let form = request.form
            let once = form.filter { seen.insert($0.name).inserted }
            if once.count < form.count { request.form = once }
        },
        tokenRequest("TOK-09", "issues a token without grant type", Vendor.form) { request, _ in
            guard request.isForm, request.formValue("grant_type")?.isEmpty ?? true else { return }
            request.form.removeAll { $0.name == "grant_type" }
            request.form.append((name: "grant_type", value: "client_credentials"))
        },
        tokenRequest("TOK-14", "takes two client authentications in one request", Vendor.form) { request, _ in
            if request.formValue("client_secret") != nil { request.setHeader("Authorization", nil) }
        },
        token("TOK-15", "grants any scope it is asked for, and says so", Vendor.form) { request, _, next in
            guard let asked = request.formValue("scope"), !asked.isEmpty,
                !asked.split(separator: ",").allSatisfy({ ["image-processing", "usage"].contains($0) })
            else { return next(request) }
            var changed = request
            changed.form.removeAll { $0.name == "scope" }
            var answer = next(changed)
            if answer.isGrant { answer.response.editObject { $0["scope"] = .string(asked) } }
            return answer
        },
        inside("TOK-33", "lets anybody guess at secrets as often as he likes", Vendor.form),
        tokenRequest("TOK-35", "offers the password grant", Vendor.form) { request, scene in
            if request.formValue("grant_type") == "password" { request = scene.login(request) }
        },
        tokenRequest("TOK-40", "takes any text for a resource or an audience", Vendor.form) { request, scene in
            if request.formValue("resource") != nil { request.form.removeAll { $0.name == "resource" } }
            if scene.vendor == .clarify, request.formValue("audience") != nil {
                request.replaceForm("audience", with: "https://\(scene.settings.hosts.api.first ?? "")/")
            }
        },
    ]

    private static let knownParameters: Set<String> = [
        "grant_type", "client_id", "client_secret", "scope", "audience", "resource", "clientId", "clientSecret",
        "username", "password", "refreshToken", "refresh_token",
    ]
}
