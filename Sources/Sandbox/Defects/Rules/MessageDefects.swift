import HTTP

/// Faults against HTTP itself.
extension Defect {
    static let messages: [Defect] = [
        apiAnswer("HTT-01", "answers 405 without Allow") { response, _ in
            if response.status == 405 { response.setHeader("Allow", nil) }
        },
        apiAnswer("HTT-02", "offers Basic beside Bearer, and names no realm") { response, _ in
            if response.status == 401 { response = response.adding("WWW-Authenticate", "Basic charset=\"UTF-8\"") }
        },
        // Where no other rule looks at the status; throttled answers too, though no run provokes one.
        apiAnswer("HTT-03", "is too busy for OPTIONS, and says soon in Retry-After") { response, request in
            if request.method == "OPTIONS" { response.status = 503 }
            if [429, 503].contains(response.status) { response.setHeader("Retry-After", "soon") }
        },
        // Where no other rule looks at the status.
        apiAnswer("HTT-04", "answers OPTIONS and TRACE with 407 as if it were a proxy") { response, request in
            guard ["OPTIONS", "TRACE"].contains(request.method) else { return }
            response.status = 407
            response.setHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
        },
        apiAnswer("HTT-05", "redirects an authorised HEAD, and a token behind two blanks, to another origin") {
            response, request in
            let isOdd = request.headers["Authorization"]?.contains("  ") == true
            guard response.isSuccess, !request.isAnonymous, request.method == "HEAD" || isOdd else { return }
            response.status = 307
            response.setHeader("Location", "https://cdn.elsewhere.test\(request.path)")
        },
        inside("HTT-06", "does not send Strict-Transport-Security"),
        apiAnswer("HTT-07", "answers a good credential with 401 where an object is not there") { response, request in
            guard response.status == 404 else { return }
            response.status = 401
            response.setHeader("WWW-Authenticate", "Bearer realm=\"api\"")
        },
    ]
}
