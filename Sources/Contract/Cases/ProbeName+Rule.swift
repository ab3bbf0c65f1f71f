package import Providers

extension ProbeName {
    /// The rule of the catalogue that says what must happen.
    package var rule: String {
        switch self {
        case .noCredential, .partialCredential: "RES-02"
        case .emptyCredential, .invalidCredential, .alteredCredential, .bareCredential, .otherScheme: "RES-09"
        case .expiredCredential: "RES-26"
        case .unsignedToken: "JWT-09"
        case .tamperedToken: "JWT-10"
        case .refreshToken: "RES-30"
        case .credentialInQuery: "RES-14"
        }
    }

    /// As people say it: completes "let a caller in …".
    package var phrase: String {
        switch self {
        case .noCredential: "without credential"
        case .emptyCredential: "with an empty credential"
        case .invalidCredential: "with a made-up credential"
        case .alteredCredential: "with an altered credential"
        case .bareCredential: "with the credential but without the word before it"
        case .otherScheme: "with the credential under another scheme"
        case .expiredCredential: "with an expired credential"
        case .partialCredential: "with a part of the credential"
        case .unsignedToken: "with a token that nobody signed"
        case .tamperedToken: "with a token whose content was changed"
        case .refreshToken: "with the refresh token in place of the access token"
        case .credentialInQuery: "with the credential in the URL"
        }
    }
}
