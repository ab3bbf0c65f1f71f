package import Diagnostics
package import Expectations

/// What the vendor's documentation says about access, as far as it can be tested.
package struct ProviderContract: Sendable {
    package var promises: [Promise] = []
    /// The documented answer to a broken credential.
    package var denials: [ProbeName: Expectation] = [:]
    /// The documented answer to a valid credential without permission.
    package var insufficient: Expectation?
    /// Rule packs that may fail a build; `http` always may.
    package var packs: [String] = []
    package var waivers: [Waiver] = []
}

/// One sentence of the vendor's page.
package struct Promise: Sendable {
    package enum Level: String, CaseIterable, Sendable {
        case documented, implied
        /// Observed and reported; never fails.
        case ambiguous
    }

    package enum Place: String, CaseIterable, Sendable {
        case token, refresh
        /// Tested where a request says that it covers the promise.
        case collection
    }

    package enum Subject: Sendable {
        case answer(Place)
        case probe(ProbeName)
    }

    package let id: String
    package let says: String
    package let source: String
    package let level: Level
    package let subject: Subject
    package let captures: [Capture]
    package let expectation: Expectation?
    package let span: Span
}

/// A rule that is knowingly not kept, with the reason.
package struct Waiver: Sendable {
    package let rule: String
    package let because: String
    /// The last day it holds, `2027-01-31`.
    package let until: String?
    /// Names of requests; nil: all.
    package let requests: [String]?
    package let span: Span
}
