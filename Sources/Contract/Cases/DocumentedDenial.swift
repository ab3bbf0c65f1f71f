package import Expectations
package import Providers

/// What the vendor says about one kind of refusal.
package struct DocumentedDenial: Sendable {
    /// nil: the documentation is silent.
    package let expectation: Expectation?
    /// `zarv, 'The token must be prefixed with the word Bearer.'`; nil where nothing is said.
    package let source: String?
    /// Promises that this refusal keeps.
    package let promises: [Promise]

    package init(_ probe: ProbeName, _ provider: Provider?) {
        let contract = provider?.contract
        promises =
            contract?.promises.filter { promise in
                if case .probe(probe) = promise.subject { true } else { false }
            } ?? []
        let promise = promises.first { $0.level != .ambiguous }
        expectation = contract?.denials[probe] ?? promise?.expectation
        source = Self.source(provider, promise, isStated: expectation != nil)
    }

    /// For a valid credential without permission.
    package init(insufficientFor provider: Provider?) {
        promises = []
        expectation = provider?.contract.insufficient
        source = Self.source(provider, nil, isStated: expectation != nil)
    }

    private static func source(_ provider: Provider?, _ promise: Promise?, isStated: Bool) -> String? {
        guard let provider else { return nil }
        if let promise { return "\(provider.id), '\(promise.says)'" }
        return isStated ? "the documentation of \(provider.name)" : nil
    }
}
