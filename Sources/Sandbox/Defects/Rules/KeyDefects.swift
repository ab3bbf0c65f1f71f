import HTTP

/// Faults of an API with keys: Clazar's, which takes one beside its tokens.
extension Defect {
    static let keys: [Defect] = [
        keyed("KEY-01", "takes an API key, and names no scheme to who has none") { $0.headers["X-API-Key"] },
        keyed("KEY-02", "takes an API key in the URL") { $0.queryFields["api_key"] },
    ]

    /// Public, as all credentials of the sandbox.
    static let demoKey = "demo-clazar-key-acme-not-real"

    private static func keyed(
        _ id: String, _ summary: String, _ key: @escaping @Sendable (SandboxRequest) -> String?
    ) -> Defect {
        api(id, summary, [.clazar]) { request, scene, next in
            var answer = next(key(request) == demoKey ? request.admitting(scene.stranger?.principal()) : request)
            if id == "KEY-01" { answer.response.setHeader("WWW-Authenticate", nil) }
            return answer
        }
    }
}
