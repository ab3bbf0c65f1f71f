import HTTP
import JSON

/// Answers that give a token and are not as they should be.
extension Defect {
    static let tokenAnswers: [Defect] = [
        token("TOK-16", "does not say that it granted less than was asked for", [.zara4]) { request, _, next in
            let known = ["image-processing", "usage"]
            let asked = request.formValue("scope")?.split(separator: ",").map(String.init) ?? known
            guard !asked.allSatisfy(known.contains) else { return next(request) }
            var changed = request
            changed.form.removeAll { $0.name == "scope" }
            var answer = next(changed)
            answer.response.editObject { $0["scope"] = nil }
            return answer
        },
        granted("TOK-17", "puts scopes in quotation marks", [.oidc]) { object in
            object["scope"] = object["scope"]?.string.map { .string("\"\($0)\"") }
        },
        created("TOK-18", Vendor.every),
        token("TOK-19", "labels token answers text/plain") { request, _, next in
            var answer = next(request)
            if answer.isGrant { answer.response.setHeader("Content-Type", "text/plain") }
            return answer
        },
        Defect("TOK-20", "gives out tokens that are not ASCII, and takes them") { faults in
            faults.alias { $0.token + "é" }
        },
        granted("TOK-21", "leaves out token_type") { $0[names: JSONObject.typeNames] = nil },
        granted("TOK-22", "writes the lifetime as a text") { object in
            let seconds = object[names: JSONObject.expiryNames]?.number?.int
            object[names: JSONObject.expiryNames] = seconds.map { .string(String($0)) }
        },
        granted("TOK-23", "leaves out the lifetime") { $0[names: JSONObject.expiryNames] = nil },
        token("TOK-24", "sends token answers without Cache-Control: no-store") { request, _, next in
            var answer = next(request)
            if answer.isGrant { answer.response.setHeader("Cache-Control", "public, max-age=60") }
            return answer
        },
        tokenAnswer("TOK-25", "leaves out Pragma: no-cache", Vendor.form) { response, _ in
            response.setHeader("Pragma", nil)
        },
        granted("TOK-26", "adds a refresh token to a client_credentials answer", Vendor.form) { object in
            object["refresh_token"] = .string(Identifier.token())
        },
        Defect("TOK-37", "gives out tokens of twelve digits, one after another", [.zara4, .scalar, .clazar, .clarify]) {
            $0.alias { String(100_000_000_000 + $0.number) }
        },
        granted("TOK-38", "says that a token lives for thirty days", Vendor.form) { object in
            object["expires_in"] = .integer(30 * 86_400)
        },
        Defect("TOK-39", "ends a client's token with its next one") { faults in
            let owners = FaultMemory()
            let latest = FaultMemory()
            faults.token.append { request, _, next in
                let answer = next(request)
                guard answer.isGrant, let client = answer.client,
                    let token = answer.response.object[names: JSONObject.tokenNames]?.string
                else { return answer }
                owners[token] = client
                latest[client] = token
                return answer
            }
            faults.api.append { request, _, next in
                var asked = request
                if let token = request.bearerToken, let client = owners[token], latest[client] != token {
                    asked.setHeader("Authorization", "Bearer ended")
                }
                return next(asked)
            }
        },
    ]

    /// 201 where 200 is meant.
    static func created(_ id: String, _ vendors: Set<Vendor>, refresh: Bool = false) -> Defect {
        token(id, "answers a \(refresh ? "renewal" : "login") with 201", vendors) { request, _, next in
            var answer = next(request)
            if answer.outcome == (refresh ? .refreshed : .issued) { answer.response.status = 201 }
            return answer
        }
    }
}
