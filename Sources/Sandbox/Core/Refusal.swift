import JSON

/// Why a vendor does not do what was asked.
struct Refusal: Error, Sendable {
    var status: Int
    /// A word for programs: an OAuth error code, or the vendor's.
    var code: String
    /// A sentence for people; never holds anything the caller sent.
    var message: String
    var headers: [(name: String, value: String)] = []

    init(_ status: Int, _ code: String, _ message: String, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }

    static func badRequest(_ message: String) -> Refusal { Refusal(400, "invalid_request", message) }

    /// For an object that is not there as for one of another tenant: the two must look alike (RFC 9110 §15.5.4).
    static let notFound = Refusal(404, "not_found", "there is no such object")

    static func conflict(_ message: String) -> Refusal { Refusal(409, "conflict", message) }

    static let changed = Refusal(412, "precondition_failed", "the object has changed since it was read")

    static func wrongMethod(allowed: [String]) -> Refusal {
        Refusal(
            405, "method_not_allowed", "this path does not take that method",
            headers: [("Allow", allowed.joined(separator: ", "))])
    }

    static func wrongMediaType(_ wanted: String) -> Refusal {
        Refusal(415, "invalid_request", "the body must be \(wanted)", headers: [("Accept", wanted)])
    }

    static func tooMany(retryAfter: Int) -> Refusal {
        Refusal(429, "rate_limited", "too many requests; wait", headers: [("Retry-After", String(retryAfter))])
    }
}

/// How a vendor writes an error body. None of the five documents one, so these are what such services usually send.
struct ErrorShape: Sendable {
    var mediaType = "application/json"
    let body: @Sendable (Refusal) -> JSONValue

    func response(_ refusal: Refusal) -> SandboxResponse {
        var response = SandboxResponse.json(refusal.status, body(refusal), mediaType: mediaType)
        for header in refusal.headers { response = response.adding(header.name, header.value) }
        return response.adding("Cache-Control", "no-store")
    }

    /// RFC 6749 §5.2, for the form token services whatever the API behind them writes.
    static let oauth = ErrorShape { refusal in
        ["error": .string(refusal.code), "error_description": .string(refusal.message)]
    }
}
