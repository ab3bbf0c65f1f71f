import HTTP
import JSON
import Testing

@testable import Sandbox

/// Requests with proofs of possession whose answers defects must change.
extension DefectTable {
    private static let login = "https://login.oidc.test/token"
    private static let list = Vendor.oidc.listURL

    static let possession: [String: Fitting] = [
        "POP-01": { bench in
            [SandboxResponse(try BoundCaller(bench).logIn().object["token_type"] == "DPoP" ? 1 : 0)]
        },
        "POP-02": { bench in
            let claims = LooseJWT(try BoundCaller(bench).token())?.claims
            return [SandboxResponse(claims?["cnf"] == nil ? 0 : 1)]
        },
        "POP-03": { bench in
            let caller = BoundCaller(bench)
            return [caller.get(try caller.token(), [])]
        },
        "POP-04": calls(count: 1, ["htm": "DELETE"]), "POP-05": calls(count: 2, [:]),
        "POP-06": { bench in
            let caller = BoundCaller(bench)
            return [caller.logIn([try caller.proof("POST", login, ["htm": "PUT"])])]
        },
        "POP-07": { bench in
            let caller = BoundCaller(bench)
            return try (1...2).map { _ in
                let answer = caller.logIn([try caller.proof("POST", login)])
                return SandboxResponse(answer.headers.contains(name: "DPoP-Nonce") ? 1 : 0)
            }
        },
        "POP-13": { [$0.anonymous(.oidc)] },
        "RES-36": { bench in
            let caller = BoundCaller(bench)
            return [caller.get(try caller.token(), [], scheme: "Bearer")]
        },
    ]

    /// A call with proofs that are good but for these claims.
    private static func calls(count: Int, _ wrong: JSONObject) -> Fitting {
        { bench in
            let caller = BoundCaller(bench)
            let token = try caller.token()
            var claims = try caller.claims(token)
            claims.merge(wrong)
            return [caller.get(token, try (1...count).map { _ in try caller.proof("GET", list, claims) })]
        }
    }
}
