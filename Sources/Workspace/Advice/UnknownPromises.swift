package import Diagnostics
package import Providers

/// Warns where `covers` names a promise that the collection's provider does not make: nothing would be covered.
package enum UnknownPromises {
    package static func check(_ collection: Collection, _ provider: Provider, into bag: inout DiagnosticBag) {
        let known = provider.contract.promises.map(\.id)
        var pending = collection.items
        while let item = pending.popLast() {
            switch item {
            case .group(let group): pending += group.items
            case .request(let source):
                for id in source.request.contract.covers where !known.contains(id.text) {
                    bag.warning(
                        "unknown-promise", "the provider '\(provider.id)' makes no promise '\(id.text)'", at: id.span,
                        help: nearest(to: id.text, among: known).map { "did you mean '\($0)'?" }
                            ?? (known.isEmpty ? "it makes none" : "it makes: \(known.joined(separator: ", "))"))
                }
            }
        }
    }
}
