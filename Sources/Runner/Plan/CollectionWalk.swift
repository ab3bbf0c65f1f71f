import Contract
import Diagnostics
import HTTP
import Providers
import Templates
import Workspace

/// Flattens a collection into requests in file order, with what they inherit.
struct CollectionWalk {
    let planner: Planner
    let senders: SenderResolver
    let provider: Provider?
    private(set) var requests: [PlannedRequest] = []
    private(set) var names: NameChecker
    private var dependencies: [String: [String]] = [:]
    /// The first `only` in the file.
    private(set) var firstOnly: Span?
    private var seenNames: Set<String> = []

    /// What the objects around a request hand down.
    private struct Inherited {
        var groups: [String] = []
        var identity: Named?
        var tags: Set<String> = []
        var skip: String?
        var after: [String] = []
        var variables = 0
        var isOnly = false
    }

    private var inherited = Inherited()

    init(planner: Planner, senders: SenderResolver, provider: Provider?) {
        self.planner = planner
        self.senders = senders
        self.provider = provider
        names = NameChecker(planner: planner, provider: provider)
    }

    var variables: [PlannedVariables] { names.levels }

    mutating func enter(
        _ settings: GroupSettings, groups: [String], outer: Int?, items: [CollectionItem], _ bag: inout DiagnosticBag
    ) {
        let before = inherited
        defer { inherited = before }
        inherited.groups = groups
        inherited.identity = settings.identity ?? inherited.identity
        inherited.tags.formUnion(settings.tags)
        inherited.skip = inherited.skip ?? settings.skip ?? excluded(settings.environments)
        inherited.isOnly = inherited.isOnly || settings.isOnly
        inherited.after += names(settings.after, &bag)
        if outer == nil || !settings.variables.isEmpty {
            inherited.variables = names.add(
                PlannedVariables(outer: outer, definitions: settings.variables), &bag)
        }
        for item in items { add(item, &bag) }
    }

    private mutating func add(_ item: CollectionItem, _ bag: inout DiagnosticBag) {
        switch item {
        case .group(let group):
            if group.settings.isOnly { firstOnly = firstOnly ?? group.span }
            enter(
                group.settings, groups: inherited.groups + [group.name], outer: inherited.variables,
                items: group.items, &bag)
        case .request(let source): add(source, source.request, &bag)
        }
    }

    private mutating func add(_ source: RequestSource, _ request: Request, _ bag: inout DiagnosticBag) {
        if request.isOnly { firstOnly = firstOnly ?? request.span }
        let excluded = inherited.skip ?? excluded(request.environments)
        let skip = excluded ?? request.skip ?? readOnly(request)
        let asked = request.identity ?? inherited.identity
        let found = excluded != nil ? .anonymous : senders.sender(asked, of: request, &bag)
        let sender = found ?? .anonymous
        if !request.headers.isEmpty { checkHeaders(request, sender, &bag) }
        if !request.contract.access.isEmpty { checkAccess(request, &bag) }
        var planned = PlannedRequest(
            source, request, groups: inherited.groups, sender: sender, skip: skip, after: after(request, &bag),
            variables: inherited.variables,
            tags: request.tags.isEmpty ? inherited.tags : inherited.tags.union(request.tags),
            isOnly: inherited.isOnly || request.isOnly, contractCases: contractCases(request, sender),
            dependsOn: dependencies(request, sender), callers: callers(request))
        // Whose values it may use is not known where nobody is found to send it.
        if skip == nil, found != nil { planned.neededCaptures = names.check(request, sender, planned.variables, &bag) }
        names.note(planned.captureNames)
        seenNames.insert(planned.fullName)
        requests.append(planned)
    }

    private func callers(_ request: Request) -> [String] {
        planner.contract == .none || request.contract.access.isEmpty
            ? [] : request.contract.callers(in: planner.environment)
    }

    private mutating func after(_ request: Request, _ bag: inout DiagnosticBag) -> [String] {
        request.after.isEmpty ? inherited.after : inherited.after + names(request.after, &bag)
    }

    /// One array for all requests of a sender: a large collection has many of them.
    private mutating func dependencies(_ request: Request, _ sender: Sender) -> [String] {
        guard request.secretIdentities.isEmpty else {
            return [sender.name].compactMap(\.self) + request.secretIdentities.filter { $0 != sender.name }
        }
        guard let name = sender.name else { return [] }
        if let known = dependencies[name] { return known }
        dependencies[name] = [name]
        return [name]
    }

    private func excluded(_ environments: [String]?) -> String? {
        guard let environments else { return nil }
        guard let name = planner.environment?.name else { return "only for: \(environments.joined(separator: ", "))" }
        return environments.contains(name) ? nil : "not for the environment '\(name)'"
    }

    private func readOnly(_ request: Request) -> String? {
        guard planner.environment?.safety == .readOnly, !request.isSafe else { return nil }
        return "the environment is read-only"
    }

    /// `after` names requests before this one, from the nearest group outwards: `name` of a sibling, or `group/name`.
    private func names(_ after: [Named], _ bag: inout DiagnosticBag) -> [String] {
        after.compactMap { wanted -> String? in
            for depth in stride(from: inherited.groups.count, through: 0, by: -1) {
                let name = (inherited.groups.prefix(depth) + [wanted.text]).joined(separator: "/")
                if seenNames.contains(name) { return name }
            }
            bag.error(
                "unknown-request", "there is no request '\(wanted.text)' before this one", at: wanted.span,
                help: nearest(to: wanted.text, among: seenNames).map { "did you mean '\($0)'?" }
                    ?? "'after' names earlier requests, as \"name\" or \"group/name\"")
            return nil
        }
    }
}

// MARK: - Checks

extension CollectionWalk {
    /// A header that the identity's `apply` sets too would be sent twice (formats.md R2).
    private func checkHeaders(_ request: Request, _ sender: Sender, _ bag: inout DiagnosticBag) {
        guard let name = sender.name, let spec = planner.environment?[identity: name],
            let provider = planner.providers.provider(of: spec)
        else { return }
        for header in request.headers {
            guard provider.credentialHeaderNames.contains(where: { HeaderFields.sameName($0, header.name) }) else {
                continue
            }
            bag.error(
                "credential-header", "the identity '\(name)' sets the header '\(header.name)' itself", at: header.span,
                help: "remove it, or send the request as \"anonymous\"")
        }
    }

    /// `access` may name identities and groups that other environments have; only a near miss is a mistake.
    private func checkAccess(_ request: Request, _ bag: inout DiagnosticBag) {
        guard let environment = planner.environment else { return }
        let known = environment.identities.map(\.name) + environment.groups.map(\.name.text) + ["anonymous"]
        for (caller, _) in request.contract.access where !known.contains(caller.text) {
            guard let near = nearest(to: caller.text, among: known) else { continue }
            bag.warning(
                "unknown-identity", "there is no identity or group '\(caller.text)' in this environment",
                at: caller.span, help: "did you mean '\(near)'?")
        }
    }

    private func contractCases(_ request: Request, _ sender: Sender) -> Int {
        let groups = planner.environment?.groups ?? []
        let access = request.contract.access.reduce(0) { count, entry in
            count + (groups.first { $0.name.text == entry.caller.text }?.members.count ?? 1)
        }
        let denies =
            switch request.contract.denies {
            case .standard: sender == .anonymous ? 0 : RequestContract.standardProbes.count
            case .all: ProbeName.allCases.count
            case .probes(let probes): probes.count { if case .off = $0.expectation { false } else { true } }
            }
        return access + denies
    }
}

extension Provider {
    /// Header fields that its credential sets, as far as their names are fixed.
    fileprivate var credentialHeaderNames: [String] {
        placements.compactMap { $0.kind == .header || $0.kind == .basic ? $0.name.plain : nil }
    }
}
