import Contract
import JSON
import Runner
import Workspace

/// Options and usher.json as the contract's policy.
struct ContractWiring: Sendable {
    let extent: ContractExtent
    let options: ContractOptions

    /// - Parameter now: milliseconds since 1970.
    func policy(
        _ settings: ProjectSettings, _ environment: Workspace.Environment?, isSandbox: Bool, now: Int64
    ) -> ContractPolicy {
        var policy = ContractPolicy(today: Self.today(now))
        policy.only = Set(options.rule.isEmpty ? settings.texts("rule") ?? [] : options.rule)
        policy.isStrict = options.strict || settings.flag("strict") ?? false
        policy.longestWait = options.waitExpiry?.duration ?? settings.duration("wait-expiry") ?? .zero
        policy.waivers = settings.waivers
        policy.allowedClass =
            options.allowClass ?? settings.integer("allow-class")
            ?? (isSandbox ? 5 : Self.usualClass(environment?.safety ?? .normal))
        return policy
    }

    /// `2026-11-25`, in UTC.
    ///
    /// - Parameter now: milliseconds since 1970.
    static func today(_ now: Int64) -> String { String(CalendarTime(now).rfc3339.prefix(10)) }

    private static func usualClass(_ safety: Workspace.Environment.Safety) -> Int {
        switch safety {
        case .full: 4
        case .normal: 3
        case .readOnly: 2
        }
    }
}
