package import Providers
package import Workspace

/// Everything a run will do, resolved as far as it can be without sending anything.
package struct RunPlan: Sendable {
    package let environment: Workspace.Environment?
    package let providers: UsedProviders
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
}

/// One level of variables: the collection's at 0, groups' behind it.
package struct PlannedVariables: Sendable {
    package let outer: Int?
    package let definitions: VariableSet
}

package struct PlannedRequest: Sendable {
    package let request: Request
    package let groups: [String]
    package let sender: Sender
    /// Why it is not sent, known before the run.
    package let skip: String?
    /// Full names of requests that must have passed.
    package let after: [String]
    /// Place in `PlannedCollection.variables`.
    package let variables: Int
    /// Identities whose secrets its templates name: `{{identities.NAME.SECRET}}`.
    package let namedIdentities: [String]
    /// Captures of earlier requests that its templates use.
    package internal(set) var neededCaptures: [String] = []
    package let tags: Set<String>
    package let isOnly: Bool
    /// Contract cases that a run without the contract leaves out.
    package let contractCases: Int

    /// Identities whose credentials must be alive: the sender, and those whose secrets it tests (formats.md R1).
    package let dependsOn: [String]

    /// `group/name`
    package var fullName: String { (groups + [request.name]).joined(separator: "/") }
}

package enum Sender: Sendable, Hashable {
    case anonymous
    case identity(String)

    package var name: String? {
        if case .identity(let name) = self { name } else { nil }
    }
}
