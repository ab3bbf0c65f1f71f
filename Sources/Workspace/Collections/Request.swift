package import Diagnostics
package import Expectations
package import HTTP
package import Providers
package import Templates

/// One request of a collection.
package struct Request: Sendable {
    package let name: String
    /// Of its name: what reports and messages point at.
    package let span: Span
    package let method: HTTPMethod
    package let url: URLTemplate
    package let query: [Parameter]
    package let headers: [Parameter]
    package let body: BodyTemplate?
    package let identity: Named?
    /// Changes nothing on the server: by its method, or because the file says so.
    package let isSafe: Bool
    package let expectation: Expectation
    package let captures: [(name: Named, capture: Capture)]
    package let after: [Named]
    package let timeout: Duration
    /// Redirects followed; 0: the redirect is the answer.
    package let redirects: Int
    package let tags: [String]
    package let environments: [String]?
    package let skip: String?
    package let isOnly: Bool
    package let contract: RequestContract
}

extension Request {
    /// Names used by what is sent.
    package var sendingNames: [PlaceholderName] {
        url.names + (query + headers).flatMap { $0.values.flatMap(\.names) } + (body?.names ?? [])
    }

    /// Names used by what is expected and captured.
    package var judgingNames: [PlaceholderName] { expectation.names + captures.flatMap(\.capture.names) }

    /// Identities whose secrets its templates name: `{{identities.NAME.SECRET}}`.
    package var secretIdentities: [String] {
        let names = (sendingNames + judgingNames).compactMap { use -> String? in
            guard use.path.root == "identities", case .name(let name)? = use.path.steps.first else { return nil }
            return name
        }
        return Array(Set(names)).sorted()
    }
}

/// A name sent once per value (formats.md R0): `query`, `headers`, `form`.
package struct Parameter: Sendable {
    package let name: String
    package let span: Span
    /// Empty: nothing is sent, and a default of that name is removed.
    package let values: [JSONTemplate]
}

package enum BodyTemplate: Sendable {
    case json(JSONTemplate)
    case form([Parameter])
    case text(Template, type: String)

    package var names: [PlaceholderName] {
        switch self {
        case .json(let template): template.names
        case .form(let parameters): parameters.flatMap { $0.values.flatMap(\.names) }
        case .text(let template, _): template.names
        }
    }
}

/// What `denies`, `access` and `covers` say; run with the contract.
package struct RequestContract: Sendable {
    package enum Denies: Sendable {
        /// Nobody said anything: no credential and an invalid one, for requests with an identity.
        case standard
        case all
        case probes([(probe: ProbeName, expectation: Refusal)])
    }

    package enum Refusal: Sendable {
        case documented
        case off
        case expectation(Expectation)
    }

    package enum Access: Sendable {
        case allow, deny, own
        case expectation(Expectation)
    }

    /// What holds for a request with an identity about which nobody says anything.
    package static let standardProbes: [ProbeName] = [.noCredential, .invalidCredential]

    package let denies: Denies
    package let access: [(caller: Named, access: Access)]
    package let covers: [Named]
}
