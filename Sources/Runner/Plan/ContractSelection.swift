/// The requests that `usher contract` looks at: those with cases of their own, and the safe ones whose captures these need.
enum ContractSelection {
    static func select(from all: [PlannedRequest]) -> [PlannedRequest] {
        var wanted: Set<String> = []
        var blocked: [String: String] = [:]
        for (index, planned) in all.enumerated().reversed() {
            guard planned.contractCases > 0 || wanted.contains(planned.fullName) else { continue }
            wanted.insert(planned.fullName)
            for name in planned.neededCaptures {
                guard let source = all[..<index].last(where: { $0.captureNames.contains(name) }) else { continue }
                if source.isSafe {
                    wanted.insert(source.fullName)
                } else {
                    blocked[planned.fullName] =
                        "needs \"\(name)\" from \"\(source.name)\", which writes; use run --contract"
                }
            }
        }
        return all.filter { wanted.contains($0.fullName) }.map { planned in
            var planned = planned
            planned.contractSkip = blocked[planned.fullName]
            return planned
        }
    }
}
