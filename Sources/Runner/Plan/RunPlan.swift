package import Contract
package import Diagnostics
package import Providers
package import Workspace

/// Everything a run will do, resolved as far as it can be without sending anything.
package struct RunPlan: Sendable {
    package let environment: Workspace.Environment?
    package let providers: UsedProviders
    package let contract: ContractExtent
    package let collections: [PlannedCollection]

    package var requestCount: Int { collections.reduce(0) { $0 + $1.requests.count } }
}

package struct PlannedCollection: Sendable {
    package let collection: Collection
    /// Relative to the project's root.
    package let path: String
    package let provider: Provider?
    /// Whose vars fill the provider's base URL where the sender is nobody of that provider.
    package let baseIdentity: String?
    package let requests: [PlannedRequest]
    /// The variables of the collection, then of each group that has any, with the place of the outer one.
    package let variables: [PlannedVariables]
    /// Whether some request waits for others to pass.
    let hasAfter: Bool
}

/// One level of variables: the collection's at 0, groups' behind it.
package struct PlannedVariables: Sendable {
    package let outer: Int?
    package let definitions: VariableSet
}

package struct PlannedRequest: Sendable {
    private let source: RequestSource
    private var active: Request?
    /// The names of the groups around it, outermost first.
    package let groups: [String]
    package let sender: Sender
    /// Why it is not sent, known before the run.
    package let skip: String?
    /// Full names of requests that must have passed.
    package let after: [String]
    /// Place in `PlannedCollection.variables`.
    package let variables: Int
    package let tags: Set<String>
    package let isOnly: Bool
    /// Contract cases that a run without the contract leaves out.
    package let contractCases: Int
    /// Identities whose credentials must be alive: the sender, and those whose secrets it tests (formats.md R1).
    package let dependsOn: [String]
    /// Identities that `access` names; empty unless the contract runs.
    package let callers: [String]
    /// Identities whose secrets its templates name: `{{identities.NAME.SECRET}}`.
    package let namedIdentities: [String]
    /// Captures of earlier requests that its templates use.
    package internal(set) var neededCaptures: [String] = []
    /// Why `usher contract` cannot ask for it.
    var contractSkip: String?
    let captureNames: [String]
    /// Changes nothing on the server.
    let isSafe: Bool

    init(
        _ source: RequestSource, _ request: Request, groups: [String], sender: Sender, skip: String?, after: [String],
        variables: Int, tags: Set<String>, isOnly: Bool, contractCases: Int, dependsOn: [String], callers: [String] = []
    ) {
        self.source = source
        self.groups = groups
        self.sender = sender
        self.skip = skip
        self.after = after
        self.variables = variables
        self.tags = tags
        self.isOnly = isOnly
        self.contractCases = contractCases
        self.dependsOn = dependsOn
        self.callers = callers
        namedIdentities = request.secretIdentities
        captureNames = request.captures.map(\.name.text)
        isSafe = request.isSafe
    }

    /// The request; of a large collection it is read anew, so whoever needs it more than once activates it first.
    package var request: Request { active ?? source.request }
    package var name: String { source.name }
    package var span: Span { source.span }

    /// `group/name`
    package var fullName: String { groups.isEmpty ? name : (groups + [name]).joined(separator: "/") }

    /// With its request at hand, for the time it runs.
    func activated() -> PlannedRequest {
        var planned = self
        planned.active = source.request
        return planned
    }
}

package enum Sender: Sendable, Hashable {
    case anonymous
    case identity(String)

    package var name: String? {
        if case .identity(let name) = self { name } else { nil }
    }
}
