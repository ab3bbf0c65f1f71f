import HTTP
import Tokens

extension ResourceProbe {
    /// The token in a form sent along with a GET (RFC 6750 §2.2 allows it for other methods only).
    static let credentialInForm = ResourceProbe("N-27", class: 2) { material in
        guard material.request.method == .get, material.request.body == .none else {
            return .impossible("only a GET without a body can be sent with a form for it")
        }
        return material.inQuery { moved in
            guard let token = moved.first, material.placements[token.index].place == .header else {
                return .impossible("the credential stands in no header field")
            }
            return material.attempt { () throws(CredentialError) in
                let others = material.placements.enumerated().filter { $0.offset != token.index }.map(\.element)
                let inForm = Credential.Placed(.body, token.placed.name, token.placed.value)
                return [
                    try material.derived("with the credential in a form", others + [inForm], isSigned: false) {
                        $0.headers.removeAll(named: "Content-Type")
                        $0.headers.append(HeaderField("Content-Type", "application/x-www-form-urlencoded"))
                    }
                ]
            }
        }
    }
}
