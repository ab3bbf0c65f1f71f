import HTTP
import JSON

/// Faults of what the textbook server says of itself. One that is not where it should be is none of them: nobody gets a
/// token then.
extension Defect {
    static let metadata: [Defect] = [
        Defect("DIS-02", "labels its description text/plain", [.oidc]) { faults in
            faults.side.append { request, _, next in
                var response = next(request)
                if request.isForDescription { response.setHeader("Content-Type", "text/plain") }
                return response
            }
        },
        described("DIS-03", "describes itself as another issuer") { members in
            members["issuer"] = members["issuer"]?.string.map { .string($0 + "/another") }
        },
        described("DIS-04", "calls itself by an address with a query") { members in
            members["issuer"] = members["issuer"]?.string.map { .string($0 + "?tenant=acme") }
        },
        described("DIS-05", "offers browser logins and does not say where") { members in
            members["grant_types_supported"] = .texts(["authorization_code"] + members.grants)
        },
        described("DIS-06", "names an address for its keys where there are none") { members in
            members["jwks_uri"] = members["issuer"]?.string.map { .string($0 + "/no-keys") }
        },
        described("DIS-07", "has an empty list in its description") { $0["ui_locales_supported"] = .array([]) },
        described("DIS-08", "does not list HTTP Basic, which it takes") { members in
            members["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
        },
        described("DIS-09", "lists signed assertions and no algorithms for them") { members in
            members["token_endpoint_auth_signing_alg_values_supported"] = nil
        },
        described("DIS-10", "lists none of the grants that it gives") { members in
            members["grant_types_supported"] = ["urn:example:another"]
        },
        described("DIS-11", "offers browser logins without protection of codes") { members in
            members.offerCodes()
            members["authorization_response_iss_parameter_supported"] = .boolean(true)
        },
        described("DIS-12", "names an address without TLS") { members in
            members["registration_endpoint"] = "http://login.oidc.test/register"
        },
        described("DIS-13", "does not say who answers a browser login") { members in
            members.offerCodes()
            members["code_challenge_methods_supported"] = ["S256"]
        },
        described("DIS-16", "takes proofs of a key without signature") { members in
            members["dpop_signing_alg_values_supported"] = ["ES256", "none"]
        },
        described("DIS-17", "offers logins of devices and does not say where") { members in
            members["grant_types_supported"] = .texts(
                members.grants + ["urn:ietf:params:oauth:grant-type:device_code"])
        },
        described("DIS-23", "lists scopes that nobody uses") { $0["scopes_supported"] = ["openid"] },
        ownDescription("DIS-18", "does not have the description that its challenges point to") { response in
            response = ErrorShape.oauth.response(Refusal(404, "not_found", "there is no such document"))
        },
        ownDescription("DIS-19", "describes another API than itself") { response in
            response.editObject { $0["resource"] = "https://files.oidc.test" }
        },
        apiAnswer("DIS-20", "does not point to its description", [.oidc]) { response, _ in
            response.editChallenge { $0.replacing(#/, resource_metadata="[^"]*"/#, with: "") }
        },
        ownDescription("DIS-21", "says that it takes tokens in URLs, and does not") { response in
            response.editObject { $0["bearer_methods_supported"] = ["header", "query"] }
        },
        ownDescription("DIS-22", "names another service than the one whose tokens it takes") { response in
            response.editObject { $0["authorization_servers"] = ["https://login.other.test"] }
        },
        described("TOK-36", "offers tokens in browser addresses") { members in
            members["response_types_supported"] = ["token"]
        },
    ]

    /// What the API says of itself.
    private static func ownDescription(
        _ id: String, _ summary: String, _ change: @escaping @Sendable (inout SandboxResponse) -> Void
    ) -> Defect {
        Defect(id, summary, [.oidc]) { faults in
            faults.side.append { request, _, next in
                var response = next(request)
                if request.path == "/.well-known/oauth-protected-resource" { change(&response) }
                return response
            }
        }
    }

    private static func described(
        _ id: String, _ summary: String, _ change: @escaping @Sendable (inout JSONObject) -> Void
    ) -> Defect {
        Defect(id, summary, [.oidc]) { faults in
            faults.side.append { request, _, next in
                var response = next(request)
                if request.isForDescription { response.editObject(change) }
                return response
            }
        }
    }
}

extension SandboxRequest {
    fileprivate var isForDescription: Bool {
        path.hasPrefix("/.well-known/o") && !path.hasSuffix("protected-resource")
    }
}

extension JSONObject {
    fileprivate var grants: [String] { self["grant_types_supported"]?.array?.compactMap(\.string) ?? [] }

    fileprivate mutating func offerCodes() {
        self["authorization_endpoint"] = self["issuer"]?.string.map { .string($0 + "/authorize") }
        self["response_types_supported"] = ["code"]
    }
}
