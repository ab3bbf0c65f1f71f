package import Diagnostics

/// Why an identity has no credential, or must not use it. Holds no secret and no token.
package struct CredentialError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// The provider's templates have no value for this identity.
        case profile
        /// The credential must not go to that host.
        case hostNotAllowed
        /// No answer from the token service.
        case transport
        /// The token service points somewhere else; nobody follows with a credential.
        case redirect
        /// The token service says no.
        case refused
        case rateLimited
        /// An answer without a usable token.
        case badAnswer
        /// The token was already expired when it came.
        case expired
        /// `cache.maxPerRun` is used up.
        case limit
        /// Nobody was there who could agree, or who was asked did not agree.
        case person
        /// Another process holds the lock of this token for too long.
        case busy
        case cancelled
    }

    package let kind: Kind
    package let identity: String
    /// A sentence without a full stop.
    package let message: String
    /// Of the token service's answer.
    package let status: Int?
    package let retryAfter: Duration?
    /// What does not fit: in the provider's file, or in the environment's where a value that it gives is at fault; nil:
    /// nothing there is known to be.
    package let place: Span?

    package init(
        _ kind: Kind, identity: String, _ message: String, status: Int? = nil, retryAfter: Duration? = nil,
        place: Span? = nil
    ) {
        self.place = place
        self.kind = kind
        self.identity = identity
        self.message = message
        self.status = status
        self.retryAfter = retryAfter
    }

    package var description: String { message }
}
