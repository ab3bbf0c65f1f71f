/// A broken form of a credential that must be refused (formats.md R6).
package enum ProbeName: String, CaseIterable, Sendable {
    case noCredential = "no-credential"
    case emptyCredential = "empty-credential"
    case invalidCredential = "invalid-credential"
    case alteredCredential = "altered-credential"
    case bareCredential = "bare-credential"
    case otherScheme = "other-scheme"
    case expiredCredential = "expired-credential"
    case partialCredential = "partial-credential"
    case unsignedToken = "unsigned-token"
    case tamperedToken = "tampered-token"
    case refreshToken = "refresh-token"
    case credentialInQuery = "credential-in-query"
}
