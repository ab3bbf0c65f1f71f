/// Faults of the textbook server's look at signed assertions.
extension Defect {
    static let assertions: [Defect] = [
        inside("AST-01", "takes assertions that never end", [.oidc]),
        inside("AST-02", "takes assertions whose time has passed", [.oidc]),
        inside("AST-03", "takes assertions that were made for another service", [.oidc]),
        inside("AST-04", "does not look at the signature of an assertion", [.oidc]),
        inside("AST-05", "calls a wrong claim in an assertion that is a grant a bad request", [.oidc]),
        inside("AST-06", "calls a wrong claim in a client's assertion a bad request", [.oidc]),
        inside("AST-07", "takes a client's assertion that is about somebody else", [.oidc]),
        inside("AST-08", "takes an assertion twice", [.oidc]),
        inside("AST-09", "takes assertions that are good for years", [.oidc]),
        inside("AST-10", "does not know its issuer as the audience of an assertion", [.oidc]),
    ]
}
