package import Diagnostics
package import Expectations
package import HTTP
package import Providers
package import Templates

/// One request of a collection; a class, since it is handed on often and has many parts.
package final class Request: Sendable {
    package let name: String
    /// Of its name: what reports and messages point at.
    package let span: Span
    package let method: HTTPMethod
    package let url: URLTemplate
    package let query: [Parameter]
    package let headers: [Parameter]
    package let body: BodyTemplate?
    package let expectation: Expectation
    package let captures: [(name: Named, capture: Capture)]
    package let timeout: Duration
    /// Redirects followed; 0: the redirect is the answer.
    package let redirects: Int
    package let circumstances: RequestCircumstances
    package let contract: RequestContract
    /// Identities whose secrets its templates name: `{{identities.NAME.SECRET}}`.
    package let secretIdentities: [String]

    init(
        name: Named, method: HTTPMethod, url: URLTemplate, query: [Parameter], headers: [Parameter],
        body: BodyTemplate?, expectation: Expectation, captures: [(name: Named, capture: Capture)], timeout: Duration,
        redirects: Int, circumstances: RequestCircumstances, contract: RequestContract
    ) {
        self.name = name.text
        span = name.span
        self.method = method
        self.url = url
        self.query = query
        self.headers = headers
        self.body = body
        self.expectation = expectation
        self.captures = captures
        self.timeout = timeout
        self.redirects = redirects
        self.circumstances = circumstances
        self.contract = contract
        let names = Self.sendingNames(url, query, headers, body) + Self.judgingNames(expectation, captures)
        secretIdentities = Self.secretIdentities(names)
    }

    package var identity: Named? { circumstances.identity }
    package var isSafe: Bool { circumstances.isSafe }
    package var after: [Named] { circumstances.after }
    package var tags: [String] { circumstances.tags }
    package var environments: [String]? { circumstances.environments }
    package var skip: String? { circumstances.skip }
    package var isOnly: Bool { circumstances.isOnly }

    /// Names used by what is sent.
    package var sendingNames: [PlaceholderName] { Self.sendingNames(url, query, headers, body) }

    /// Names used by what is expected and captured.
    package var judgingNames: [PlaceholderName] { Self.judgingNames(expectation, captures) }

    private static func sendingNames(
        _ url: URLTemplate, _ query: [Parameter], _ headers: [Parameter], _ body: BodyTemplate?
    ) -> [PlaceholderName] {
        var names = url.names
        for parameter in query { names += parameter.values.flatMap(\.names) }
        for parameter in headers { names += parameter.values.flatMap(\.names) }
        return names + (body?.names ?? [])
    }

    private static func judgingNames(
        _ expectation: Expectation, _ captures: [(name: Named, capture: Capture)]
    ) -> [PlaceholderName] {
        expectation.names + captures.flatMap(\.capture.names)
    }

    private static func secretIdentities(_ names: [PlaceholderName]) -> [String] {
        guard names.contains(where: { $0.path.root == "identities" }) else { return [] }
        return Set(
            names.compactMap { use -> String? in
                guard use.path.root == "identities", case .name(let name)? = use.path.steps.first else { return nil }
                return name
            }
        ).sorted()
    }

    /// Stands in for a request whose second reading fails, which cannot be: sending it is an error with its place.
    static func unreadable(_ name: String, at span: Span) -> Request {
        Request(
            name: Named(name, at: span), method: .get, url: URLTemplate(Template(plain: "", at: span)), query: [],
            headers: [], body: nil, expectation: Expectation(at: span), captures: [], timeout: .seconds(1),
            redirects: 0, circumstances: RequestCircumstances(isSafe: true),
            contract: RequestContract(denies: .standard, access: [], covers: []))
    }
}

/// Who sends a request, and when.
package struct RequestCircumstances: Sendable {
    package var identity: Named?
    /// Changes nothing on the server: by its method, or because the file says so.
    package var isSafe: Bool
    package var after: [Named] = []
    package var tags: [String] = []
    package var environments: [String]?
    package var skip: String?
    package var isOnly = false
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
