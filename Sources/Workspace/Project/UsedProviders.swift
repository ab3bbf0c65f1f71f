package import Diagnostics
package import Providers

/// The providers that some collections need, each read once: a built-in one that nobody names costs nothing at start.
package struct UsedProviders: Sendable {
    private let providers: [String: Provider]
    /// Ids of those that stand in the place of built-in ones.
    package let replacements: [String]

    /// - Parameters:
    ///   - everyIdentity: also those of identities that no collection uses, to find mistakes.
    ///   - names: further identities to look at.
    package init(
        _ collections: [Collection], _ environment: Environment?, everyIdentity: Bool = false,
        including names: [String] = [],
        catalog: inout ProviderCatalog, into bag: inout DiagnosticBag
    ) {
        var providers: [String: Provider] = [:]
        func need(_ id: Named) {
            if providers[id.text] == nil { providers[id.text] = catalog.provider(id.text, at: id.span, bag: &bag) }
        }
        for collection in collections {
            if let id = collection.provider { need(id) }
        }
        var wanted = Set(collections.flatMap(\.namedIdentities) + names)
        for group in environment?.groups ?? [] where wanted.contains(group.name.text) {
            wanted.formUnion(group.members.map(\.text))
        }
        for identity in environment?.identities ?? [] {
            let isUsed = providers[identity.provider.text] != nil || wanted.contains(identity.name)
            guard everyIdentity || isUsed else { continue }
            need(identity.provider)
            if let provider = providers[identity.provider.text] { identity.check(against: provider, into: &bag) }
        }
        self.providers = providers
        replacements = catalog.replacements.filter { providers[$0] != nil }
    }

    /// nil where it is unknown or has mistakes; that was reported.
    package subscript(id: String) -> Provider? { providers[id] }

    /// The project's own files that were read for them.
    package var files: [SourceFile] {
        providers.values.compactMap { if case .file(let file) = $0.origin { file } else { nil } }
    }

    package func provider(of identity: IdentitySpec) -> Provider? { providers[identity.provider.text] }
}

extension Collection {
    /// Identities named by `as`, `access` and `{{identities.NAME.SECRET}}`, and groups.
    fileprivate var namedIdentities: [String] {
        [settings.identity?.text].compactMap(\.self) + items.flatMap(\.namedIdentities)
    }
}

extension CollectionItem {
    fileprivate var namedIdentities: [String] {
        switch self {
        case .request(let source): source.namedIdentities
        case .group(let group):
            [group.settings.identity?.text].compactMap(\.self) + group.items.flatMap(\.namedIdentities)
        }
    }
}
