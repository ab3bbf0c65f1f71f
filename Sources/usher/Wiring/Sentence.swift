import Diagnostics
import HTTP
import Sandbox
import Tokens

/// Errors as sentences, without the names of types.
enum Sentence {
    static func of(_ error: any Error) -> String {
        switch error {
        case let error as SandboxError: error.message
        case let error as TransportError: error.message
        case let error as CredentialError: error.message
        case let error as Diagnostic: error.title
        default: "\(error)"
        }
    }
}
