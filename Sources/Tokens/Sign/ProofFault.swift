/// What is wrong with a proof of possession that should be refused (RFC 9449 §4.3).
package enum ProofFault: Sendable {
    /// Made for another method (check 8), or for another address (check 9).
    case method, address
    /// A day old (check 11).
    case time
    /// For another access token (check 12 a).
    case token
    /// By a key that the token is not bound to (check 12 b).
    case key
    /// With a signature that is not the key's (check 6).
    case signature
    /// Without the nonce that the server gave (check 10).
    case nonce

    /// What makes a proof useless to whoever reads it along the way.
    package static let misuse: [ProofFault] = [.method, .address, .time, .token, .key]

    /// What was sent, for reports.
    package var phrase: String {
        switch self {
        case .method: "with a proof (field DPoP) for another method"
        case .address: "with a proof (field DPoP) for another address"
        case .time: "with a proof (field DPoP) made a day ago"
        case .token: "with a proof (field DPoP) for another token"
        case .key: "with a proof (field DPoP) by another key"
        case .signature: "with a proof (field DPoP) whose signature was changed"
        case .nonce: "with a proof (field DPoP) without the server's fresh word (nonce)"
        }
    }
}
