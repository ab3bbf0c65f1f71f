package import Contract
package import Diagnostics
package import Workspace

/// Turns collections into a plan; every mistake that can be seen without sending is reported here.
package struct Planner {
    let environment: Workspace.Environment?
    let providers: UsedProviders
    let selection: RunSelection
    /// Names given by `--var` and `--vars`.
    let givenNames: Set<String>
    let isCI: Bool
    let contract: ContractExtent
    /// Maps a file's path to the one reports show.
    let relativePath: (String) -> String

    package init(
        environment: Workspace.Environment?, providers: UsedProviders, selection: RunSelection, givenNames: Set<String>,
        isCI: Bool, contract: ContractExtent = .none, relativePath: @escaping (String) -> String
    ) {
        self.environment = environment
        self.providers = providers
        self.selection = selection
        self.givenNames = givenNames
        self.isCI = isCI
        self.contract = contract
        self.relativePath = relativePath
    }

    package func plan(_ collections: [Collection], into bag: inout DiagnosticBag) -> RunPlan {
        var planned: [PlannedCollection] = []
        for collection in collections { planned.append(plan(collection, &bag)) }
        return RunPlan(
            environment: environment, providers: providers, contract: contract,
            collections: planned.filter { !$0.requests.isEmpty })
    }

    private func plan(_ collection: Collection, _ bag: inout DiagnosticBag) -> PlannedCollection {
        let provider = collection.provider.flatMap { providers[$0.text] }
        let senders = SenderResolver(environment: environment, provider: provider)
        var walk = CollectionWalk(planner: self, senders: senders, provider: provider)
        walk.enter(collection.settings, groups: [], outer: nil, items: collection.items, &bag)
        walk.names.report(&bag)
        var requests = selection.select(from: walk.requests)
        if contract == .alone { requests = ContractSelection.select(from: requests) }
        if let only = walk.firstOnly, isCI {
            bag.error(
                "only-in-ci", "'only' is left in this file", at: only,
                help: "it hides all other requests; remove it before this runs in CI")
        }
        return PlannedCollection(
            collection: collection, path: relativePath(collection.file.path), provider: provider,
            baseIdentity: provider.flatMap(senders.standard), requests: requests, variables: walk.variables,
            hasAfter: requests.contains { !$0.after.isEmpty })
    }
}
