import HTTP
import JSON

/// Ways in that should be shut, and one or two that should be open.
extension Defect {
    static let doors: [Defect] = [
        apiRequest("RES-01", "serves the API over plain HTTP, to anybody") { request, scene in
            guard !request.isTLS, request.basePath.isEmpty, request.method == "GET" else { return }
            request.admitted = scene.stranger?.principal()
        },
        open("RES-02", "serves the API to callers without a credential"),
        apiRequest("RES-13", "takes a token in the header and another in the query") { request, _ in
            if request.headers.contains(name: "Authorization") {
                request.query = request.query(without: "access_token")
            }
        },
        apiRequest("RES-14", "takes an access token from the query") { request, _ in request.takeTokenFromQuery() },
        api("RES-15", "takes an access token from the query, and lets everybody cache the answer") { request, _, next in
            var asked = request
            guard asked.takeTokenFromQuery() else { return next(request) }
            var answer = next(asked)
            if answer.response.isSuccess { answer.response.setHeader("Cache-Control", "public, max-age=60") }
            return answer
        },
        apiRequest("RES-16", "takes an access token from the form body of a GET") { request, _ in
            guard request.isSafe, request.isAnonymous, let token = request.formValue("access_token") else { return }
            request.setHeader("Authorization", "Bearer \(token)")
        },
        apiRequest("RES-17", "knows the scheme in no other spelling than Bearer") { request, _ in
            if request.bearerToken != nil, request.headers["Authorization"]?.hasPrefix("Bearer ") != true {
                request.setHeader("Authorization", nil)
            }
        },
        apiRequest("RES-18", "takes one blank between scheme and token, not two") { request, _ in
            if request.headers["Authorization"]?.lowercased().hasPrefix("bearer  ") == true {
                request.setHeader("Authorization", nil)
            }
        },
        // What is asked for often: a single request without credential behind one with it, as RES-02 is tried, is refused.
        Defect("RES-25", "keeps the answer to a GET that was authorised three times, and gives it to anybody") {
            faults in
            let seen = FaultMemory()
            faults.api.append { request, scene, next in
                guard request.method == "GET" else { return next(request) }
                let place = request.path + "?" + (request.query ?? "")
                let count = seen[place].flatMap(Int.init) ?? 0
                if request.isAnonymous {
                    seen[place] = nil
                    guard count >= 3 else { return next(request) }
                    var kept = next(request.admitting(scene.stranger?.principal()))
                    kept.response.setHeader("Age", "1")
                    return kept
                }
                let answer = next(request)
                if answer.response.status == 200 { seen[place] = String(count + 1) }
                return answer
            }
        },
        leniency("RES-26", "takes tokens whose end has passed") { $1.memory.formerHolder($0) },
        audience("RES-28", "does not look at a token's audience"),
        inside("RES-30", "takes a refresh token for an access token", [.zarv]),
        api("RES-32", "does not guard HEAD") { request, scene, next in
            guard request.method == "HEAD", request.isAnonymous else { return next(request) }
            let served = next(request.admitting(scene.stranger?.principal()))
            return served.response.isSuccess ? served : next(request)
        },
        apiRequest("RES-33", "lets unusual methods and overridden ones in as a GET by anybody") { request, scene in
            let isUsual = ["GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE"].contains(request.method)
            let isOverridden = overrides.contains { request.headers.contains(name: $0) }
            guard request.isAnonymous, !isUsual || isOverridden else { return }
            request.method = "GET"
            request.admitted = scene.stranger?.principal()
        },
        apiRequest("RES-34", "answers OPTIONS with what GET would answer, to anybody") { request, scene in
            guard request.method == "OPTIONS", request.isAnonymous else { return }
            request.method = "GET"
            request.admitted = scene.stranger?.principal()
        },
        api("RES-35", "answers TRACE with the request") { request, _, next in
            guard request.method == "TRACE" else { return next(request) }
            // Without the fields: what came in them is nobody's business (RFC 9110 §9.3.8).
            let text = "TRACE \(request.path) HTTP/1.1\r\nHost: \(request.authority)\r\n\r\n"
            let headers: HeaderFields = [HeaderField("Content-Type", "message/http")]
            return APIAnswer(response: SandboxResponse(200, headers: headers, body: Array(text.utf8)))
        },
    ]

    private static let overrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]

    /// SCALAR alone has audiences: a token for another one is given what the client may have.
    static func audience(_ id: String, _ summary: String) -> Defect {
        api(id, summary, [.scalar]) { request, scene, next in
            guard let caller = scene.caller(request), caller.grants.contains("portal.view"),
                !caller.grants.contains("assets.read"), let known = DemoCredential.find(caller.client, scene.vendor)
            else { return next(request) }
            return next(request.admitting(known.principal()))
        }
    }
}

extension SandboxRequest {
    func query(without name: String) -> String? {
        let rest = (query ?? "").split(separator: "&").filter { !$0.hasPrefix(name + "=") }.joined(separator: "&")
        return rest.isEmpty ? nil : rest
    }

    /// Whether there was one, and none in the header.
    @discardableResult
    mutating func takeTokenFromQuery() -> Bool {
        guard !headers.contains(name: "Authorization"), let token = queryFields["access_token"] else { return false }
        setHeader("Authorization", "Bearer \(token)")
        query = query(without: "access_token")
        return true
    }
}
