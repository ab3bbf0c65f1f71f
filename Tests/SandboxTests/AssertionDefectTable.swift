import JSON

@testable import Sandbox

/// Assertions and exchanges whose answers the defects must change.
extension DefectTable {
    static let signed: [String: Fitting] = [
        "AST-01": client { $0["exp"] = nil }, "AST-02": { [$0.signedLogin(try $0.assertion(ending: -60))] },
        "AST-03": client { $0["aud"] = "https://login.elsewhere.test" },
        "AST-04": { [$0.signedLogin(Bench.altered(try $0.assertion()))] }, "AST-06": client { $0["aud"] = nil },
        "AST-05": { [$0.bearerLogin(try $0.assertion { $0["aud"] = nil })] },
        "AST-07": client { $0["sub"] = "demo-nobody" },
        "AST-08": { bench in
            let assertion = try bench.assertion()
            return [bench.signedLogin(assertion), bench.signedLogin(assertion)]
        },
        "AST-09": { [$0.signedLogin(try $0.assertion(ending: 86_400))] },
        "AST-10": client { $0["aud"] = "https://login.oidc.test" },
        "EXC-01": exchange(), "EXC-02": exchange(),
        "EXC-03": { [$0.exchange("nobody-made-it", Bench.jwtType)] },
        "EXC-04": { [$0.exchange(try $0.subjectToken(), nil)] },
        "EXC-05": exchange("&actor_token_type=\(Bench.jwtType)"), "EXC-06": exchange("&audience=https://a.test"),
        "EXC-07": { bench in
            let answer = bench.exchange(try bench.subjectToken(), Bench.jwtType)
            return [.json(200, ["scope": answer.object["scope"] ?? .null])]
        },
    ]

    private static func exchange(_ more: String = "") -> Fitting {
        { [$0.exchange(try $0.subjectToken(), Bench.jwtType, more)] }
    }

    private static func client(_ change: @escaping @Sendable (inout JSONObject) -> Void) -> Fitting {
        { [$0.signedLogin(try $0.assertion(change))] }
    }
}
