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
    ]

    private static func client(_ change: @escaping @Sendable (inout JSONObject) -> Void) -> Fitting {
        { [$0.signedLogin(try $0.assertion(change))] }
    }
}
