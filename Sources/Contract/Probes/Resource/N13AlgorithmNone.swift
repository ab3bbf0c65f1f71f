import JSON
import Providers

extension ResourceProbe {
    /// A token that says it needs no signature (RFC 8725 §3.2); lists of forbidden words are evaded by their case.
    static let algorithmNone = ResourceProbe("N-13", .unsignedToken, class: 2) { material in
        material.withJWT { part, jwt in
            let tokens = ["none", "None", "NONE", "nOnE"].map { word in
                (
                    "with a token that names '\(word)' as its signature's algorithm, and has none",
                    jwt.text(header: jwt.header(("alg", .string(word))), signature: "")
                )
            }
            return material.forged(part, tokens)
        }
    }
}
