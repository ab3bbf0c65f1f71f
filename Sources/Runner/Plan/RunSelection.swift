import Workspace

/// What the command line chooses from the collections.
package struct RunSelection: Sendable {
    package var tags: Set<String>
    package var skippedTags: Set<String>
    /// Names of requests, or `group/name`; what they need runs too.
    package var requests: Set<String>

    package init(
        tags: some Sequence<String> = [], skippedTags: some Sequence<String> = [], requests: some Sequence<String> = []
    ) {
        self.tags = Set(tags)
        self.skippedTags = Set(skippedTags)
        self.requests = Set(requests)
    }

    /// The requests that run, in file order; with `requests` also those whose captures or success they need.
    func select(from all: [PlannedRequest]) -> [PlannedRequest] {
        let hasOnly = all.contains(where: \.isOnly)
        if !hasOnly, tags.isEmpty, skippedTags.isEmpty, requests.isEmpty { return all }
        let chosen = all.filter { planned in
            (tags.isEmpty || !tags.isDisjoint(with: planned.tags)) && skippedTags.isDisjoint(with: planned.tags)
                && (!hasOnly || planned.isOnly)
        }
        guard !requests.isEmpty else { return chosen }
        var wanted = Set(
            chosen.filter { requests.contains($0.name) || requests.contains($0.fullName) }.map(\.fullName))
        for planned in all.reversed() where wanted.contains(planned.fullName) {
            wanted.formUnion(needs(of: planned, among: all))
        }
        return all.filter { wanted.contains($0.fullName) }
    }

    private func needs(of planned: PlannedRequest, among all: [PlannedRequest]) -> [String] {
        let earlier = all.prefix { $0.fullName != planned.fullName }
        let capturing = planned.neededCaptures.compactMap { name in
            earlier.last { $0.captureNames.contains(name) }?.fullName
        }
        return planned.after + capturing
    }
}
