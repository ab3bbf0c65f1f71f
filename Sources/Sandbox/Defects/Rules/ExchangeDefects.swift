import HTTP
import JSON

/// Faults of the textbook server's exchange of tokens.
extension Defect {
    static let exchanges: [Defect] = [
        exchanged("EXC-01", "does not say what kind of token it gave for another") { $0["issued_token_type"] = nil },
        exchanged("EXC-02", "calls what it gives for a token an ID token, and to be used like an access token") {
            $0["issued_token_type"] = "urn:ietf:params:oauth:token-type:id_token"
        },
        inside("EXC-03", "calls a bad token that is to be exchanged a bad grant", [.oidc]),
        inside("EXC-04", "exchanges tokens without being told their type", [.oidc]),
        inside("EXC-05", "does not look at half an actor", [.oidc]),
        tokenAnswer("EXC-06", "calls a target of an exchange that it does not serve a bad request", [.oidc]) {
            response, request in
            guard request.isExchange, response.object["error"]?.string == "invalid_target" else { return }
            response.editObject { $0["error"] = "invalid_request" }
        },
        inside("EXC-07", "gives more for a token than it allows", [.oidc]),
    ]

    private static func exchanged(
        _ id: String, _ summary: String, _ change: @escaping @Sendable (inout JSONObject) -> Void
    ) -> Defect {
        granted(id, summary, [.oidc]) { if $0["issued_token_type"] != nil { change(&$0) } }
    }
}

extension SandboxRequest {
    fileprivate var isExchange: Bool { formValue("grant_type")?.hasSuffix(":token-exchange") == true }
}
