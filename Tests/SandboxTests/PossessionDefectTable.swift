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
        "POP-09": { bench in
            let caller = BoundCaller(bench)
            let refresh = try #require(try caller.logInUser().object["refresh_token"]?.string)
            return [SandboxResponse(try BoundCaller(bench).renew(refresh).status)]
        },
        "POP-10": { [$0.vaultCall(try $0.vaultToken(), certificate: nil)] },
        "POP-11": { [$0.vaultLogin(certificate: nil)] },
        "POP-12": { bench in
            let answer = bench.vault("/introspect", "token=\(try bench.vaultToken())")
            return [SandboxResponse(answer.object["cnf"] == nil ? 0 : 1)]
        },
        "DIS-14": { [SandboxResponse(LooseJWT(try $0.vaultToken())?.claims["cnf"] == nil ? 0 : 1)] },
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

/// The client that has a certificate.
extension Bench {
    static let certificate = "B4cT-GEzsB15LNF8H5JI9xa51bxmFDaS-v0_gCLj2A0"

    func certified(
        _ method: String, _ url: String, _ headers: [(String, String)], body: String = "", certificate: String?
    ) -> SandboxResponse {
        let parts = url.dropFirst(8).split(separator: "/", maxSplits: 1)
        var request = SandboxRequest(
            method, "/" + parts[1], authority: String(parts[0]),
            headers: HeaderFields(headers.map { HeaderField($0.0, $0.1) }),
            body: Array(body.utf8))
        request.certificate = certificate
        return sandbox.answer(request)
    }

    func vault(_ path: String, _ body: String, certificate: String? = certificate) -> SandboxResponse {
        certified(
            "POST", "https://mtls.oidc.test" + path, [("Content-Type", "application/x-www-form-urlencoded")],
            body: "client_id=demo-oidc-client-vault&" + body, certificate: certificate)
    }

    func vaultLogin(certificate: String? = certificate) -> SandboxResponse {
        vault("/token", "grant_type=client_credentials", certificate: certificate)
    }

    func vaultToken() throws -> String { try #require(vaultLogin().object["access_token"]?.string) }

    func vaultCall(_ token: String, certificate: String? = certificate) -> SandboxResponse {
        certified("GET", Vendor.oidc.listURL, [("Authorization", "Bearer \(token)")], certificate: certificate)
    }
}
