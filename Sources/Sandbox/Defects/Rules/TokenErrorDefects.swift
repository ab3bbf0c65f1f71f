import HTTP
import JSON

/// Error answers of token services that are not as they should be; a token is never given.
extension Defect {
    static let tokenErrors: [Defect] = [
        tokenAnswer("TOK-03", "answers a method it does not take with 404") { response, _ in
            if response.status == 405 { response.status = 404 }
        },
        tokenError("TOK-10", "calls an unknown grant type invalid_request", "unsupported_grant_type") { response, _ in
            response.editObject { $0["error"] = "invalid_request" }
        },
        tokenError("TOK-11", "calls a grant that is not the client's invalid_request", "unauthorized_client") {
            response, _ in
            response.editObject { $0["error"] = "invalid_request" }
        },
        tokenError("TOK-12", "calls a client it does not know invalid_request", "invalid_client") { response, _ in
            response.status = 400
            response.setHeader("WWW-Authenticate", nil)
            response.editObject { $0["error"] = "invalid_request" }
        },
        tokenError("TOK-13", "answers invalid_client with 403 and without a challenge", "invalid_client") {
            response, _ in
            response.status = 403
            response.setHeader("WWW-Authenticate", nil)
        },
        token("TOK-27", "redirects a GET, with the credential in its URL, to another path") { request, _, next in
            guard request.method == "GET" else { return next(request) }
            let headers: HeaderFields = [HeaderField("Location", request.basePath + "/sign-in")]
            return .refused(SandboxResponse(307, headers: headers))
        },
        // Where no other rule looks at the code.
        tokenAnswer("TOK-28", "answers a login without credential in words, and not in JSON") { response, request in
            let names = request.isForm ? request.form.map(\.name) : request.object.names
            let isAnonymous = !names.contains { credentialNames.contains($0) }
            guard response.status >= 400, request.method == "POST", isAnonymous, request.isAnonymous else { return }
            response.setHeader("Content-Type", "text/html; charset=utf-8")
            response.body = Array("<h1>Who are you?</h1>".utf8)
        },
        // Codes whose status no other rule looks at.
        tokenAnswer("TOK-29", "answers some errors with 200: wrong content types, scopes and targets") { response, _ in
            let code = response.object["error"]?.string ?? ""
            let isMeant = ["invalid_scope", "invalid_target", "unauthorized_client"].contains(code)
            if response.status == 415 || (response.status == 400 && isMeant) { response.status = 200 }
        },
        tokenError("TOK-30", "lets error answers be cached", nil, Vendor.every) { response, _ in
            response.setHeader("Cache-Control", "public, max-age=60")
        },
        tokenError("TOK-31", "repeats the secret it was sent in its error text", nil, Vendor.every) {
            response, request in
            let secret =
                ["client_secret", "clientSecret", "password", "refreshToken"].lazy
                .compactMap { request.formValue($0) ?? request.object[$0]?.string }.first
            guard let secret else { return }
            response.editObject { object in
                let name = ["error_description", "message", "detail"].first { object[$0] != nil } ?? "detail"
                object[name] = .string("'\(secret)' is wrong")
            }
        },
        token("TOK-32", "tells an unknown client from a wrong secret") { request, _, next in
            var answer = next(request)
            guard answer.response.status == 401, answer.client == nil else { return answer }
            answer.response.editObject { object in
                let name = ["error_description", "message", "detail"].first { object[$0] != nil } ?? "detail"
                object[name] = .string("nobody of that name has ever been registered here; " + advice)
            }
            return answer
        },
        tokenAnswer("TOK-34", "lets nobody ask for another resource again, and says no time to come back") {
            response, request in
            if response.object["error"]?.string == "invalid_target" { response.status = 429 }
            if response.status == 429 { response.setHeader("Retry-After", nil) }
        },
    ]

    private static let credentialNames: Set<String> = [
        "client_secret", "clientSecret", "password", "refreshToken", "client_id", "clientId", "username",
    ]

    private static let advice = "look at the list of clients in the settings of your account and try one of those"
}
