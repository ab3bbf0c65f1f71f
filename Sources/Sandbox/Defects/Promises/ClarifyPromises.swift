import HTTP
import JSON

extension Defect {
    static let clarify: [Defect] = [
        created("CL-01", [.clarify]),
        granted("CL-02", "calls the token's type bearer, in lower case", [.clarify]) { $0["token_type"] = "bearer" },
        granted("CL-03", "writes the lifetime with its unit, as a text", [.clarify]) { $0["expires_in"] = "3600s" },
        granted("CL-04", "separates scopes by blanks", [.clarify]) { object in
            object["scope"] = object["scope"]?.string.map { .string($0.replacing(",", with: " ")) }
        },
        inside("CL-05", "does not limit token requests", [.clarify]),
        open("CL-06", "answers reads without a token", [.clarify]),
        apiRequest("CL-07", "does not take the type of its own answer as scheme", [.clarify]) { request, _ in
            if request.bearerToken != nil {
                request.setHeader("Authorization", nil)
            } else if let line = request.headers["Authorization"], line.hasPrefix("Token ") {
                request.setHeader("Authorization", "Bearer " + line.dropFirst(6))
            }
        },
    ]
}
