import Diagnostics
import Expectations
import JSON
import Providers

/// Reads `denies`, `access`, `covers`.
enum ContractReader {
    static func denies(_ node: JSONNode?, _ context: inout ReadingContext) -> RequestContract.Denies {
        guard let node else { return .standard }
        switch node.kind {
        case .string: return .all
        case .array:
            let probes = node.elements.compactMap {
                probe($0, &context).map { ($0, RequestContract.Refusal.documented) }
            }
            return .probes(probes)
        default:
            var probes: [(ProbeName, RequestContract.Refusal)] = []
            for member in node.members {
                guard let name = probe(member.nameNode, &context),
                    let refusal = refusal(member.value, &context)
                else { continue }
                probes.append((name, refusal))
            }
            return .probes(probes)
        }
    }

    private static func probe(_ node: JSONNode, _ context: inout ReadingContext) -> ProbeName? {
        let name = node.string ?? ""
        if let probe = ProbeName(rawValue: name) { return probe }
        let known = ProbeName.allCases.map(\.rawValue)
        context.error(
            "unknown-probe", "there is no probe '\(name)'", at: node,
            help: nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                ?? "known are: " + known.joined(separator: ", "))
        return nil
    }

    private static func refusal(_ node: JSONNode, _ context: inout ReadingContext) -> RequestContract.Refusal? {
        if let flag = node.boolean { return flag ? .documented : .off }
        return Expectation.readOrStatus(node, &context).map { .expectation($0) }
    }

    static func access(
        _ node: JSONNode?, denies: RequestContract.Denies, _ context: inout ReadingContext
    ) -> [(caller: Named, access: RequestContract.Access)] {
        guard let node else { return [] }
        var result: [(caller: Named, access: RequestContract.Access)] = []
        for member in node.members {
            let caller = Named(member.name, at: context.span(member.nameNode))
            if member.name == "anonymous", mentionsNoCredential(denies) {
                context.error(
                    "same-case-twice", "'anonymous' in 'access' is the same case as 'no-credential' in 'denies'",
                    at: member.nameNode, help: "keep one of them")
            }
            let access: RequestContract.Access? =
                switch member.value.string {
                case "allow": .allow
                case "deny": .deny
                case "own": .own
                default: Expectation.readOrStatus(member.value, &context).map { .expectation($0) }
                }
            if let access { result.append((caller, access)) }
        }
        return result
    }

    private static func mentionsNoCredential(_ denies: RequestContract.Denies) -> Bool {
        guard case .probes(let probes) = denies else { return false }
        return probes.contains { $0.probe == .noCredential }
    }
}

extension ContractReader {
    static func waivers(_ node: JSONNode?, _ context: inout ReadingContext) -> [Waiver] {
        var waivers: [Waiver] = []
        for element in node.map({ Array($0.elements) }) ?? [] {
            if let waiver = Waiver(element, &context) { waivers.append(waiver) }
        }
        return waivers
    }
}

extension MemberReader {
    func named(_ name: String, _ context: ReadingContext) -> Named? {
        self[name].flatMap { node in node.string.map { Named($0, at: context.span(node)) } }
    }

    func namedList(_ name: String, _ context: ReadingContext) -> [Named] {
        self[name].map { node in
            node.elements.map { Named($0.string ?? "", at: context.span($0)) }
        } ?? []
    }

    func texts(_ name: String) -> [String]? {
        self[name].map { $0.elements.compactMap(\.string) }
    }
}
