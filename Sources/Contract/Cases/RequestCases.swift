package import Expectations
package import Providers
package import Workspace

/// The contract cases of one request: broken forms of its own credential, and other callers.
package struct RequestCases: Sendable {
    package struct Denial: Sendable {
        package let probe: ProbeName
        /// What the file says; nil: as documented.
        package let given: Expectation?
        package let documented: DocumentedDenial
        /// `"all"` asks for every probe that fits: one that does not is no case.
        package let isOptional: Bool

        package var expectation: Expectation? { given ?? documented.expectation }
    }

    package struct Access: Sendable {
        /// nil: `anonymous`.
        package let caller: String?
        package let cell: RequestContract.Access
        /// The members of the group that the file names; the caller alone where it names an identity.
        package let members: [String]
        /// Why it cannot be asked; completes "skipped: …".
        package let missing: String?
    }

    package let denials: [Denial]
    package let access: [Access]

    package var isEmpty: Bool { denials.isEmpty && access.isEmpty }

    /// - Parameter sender: nil: anonymous.
    package init(
        _ contract: RequestContract, sender: String?, provider: Provider?, environment: Workspace.Environment?
    ) {
        denials = Self.denials(contract.denies, sender, provider)
        access = contract.access.flatMap { Self.access($0.caller.text, $0.access, environment) }
    }

    private static func denials(
        _ denies: RequestContract.Denies, _ sender: String?, _ provider: Provider?
    ) -> [Denial] {
        // Nobody's credential cannot be broken.
        guard sender != nil else { return [] }
        func denial(_ probe: ProbeName, _ given: Expectation? = nil, isOptional: Bool = false) -> Denial {
            Denial(
                probe: probe, given: given, documented: DocumentedDenial(probe, provider), isOptional: isOptional)
        }
        switch denies {
        case .standard: return RequestContract.standardProbes.map { denial($0) }
        case .all: return ProbeName.allCases.map { denial($0, isOptional: true) }
        case .probes(let probes):
            return probes.compactMap { probe, refusal in
                switch refusal {
                case .off: nil
                case .documented: denial(probe)
                case .expectation(let given): denial(probe, given)
                }
            }
        }
    }

    private static func access(
        _ name: String, _ cell: RequestContract.Access, _ environment: Workspace.Environment?
    ) -> [Access] {
        if name == "anonymous" { return [Access(caller: nil, cell: cell, members: [], missing: nil)] }
        if let group = environment?.groups.first(where: { $0.name.text == name }) {
            let members = group.members.map(\.text)
            return members.map { Access(caller: $0, cell: cell, members: members, missing: missing($0, environment)) }
        }
        return [Access(caller: name, cell: cell, members: [name], missing: missing(name, environment))]
    }

    private static func missing(_ name: String, _ environment: Workspace.Environment?) -> String? {
        if environment?[identity: name] != nil { return nil }
        return "the environment has no identity '\(name)'"
    }
}

extension RequestContract {
    /// Names of identities and groups in `access`, groups resolved.
    package func callers(in environment: Workspace.Environment?) -> [String] {
        access.flatMap { caller, _ in
            environment?.groups.first { $0.name.text == caller.text }?.members.map(\.text) ?? [caller.text]
        }
    }
}
