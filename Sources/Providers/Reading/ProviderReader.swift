package import Diagnostics
import HTTP
import JSON
import Templates

/// Reads provider files (formats.md R7); everything that is wrong with one is reported in one go.
package enum ProviderReader {
    /// The provider, or nil where the file has errors; they are in the bag then.
    package static func read(file: SourceFile, origin: Provider.Origin? = nil, bag: inout DiagnosticBag) -> Provider? {
        guard let root = JSONFile.read(file, into: &bag) else { return nil }
        // A provider holds no secret; whoever writes one here must not see it again in the error about it.
        for member in root["secrets"].map({ Array($0.members) }) ?? [] where member.value.kind != .object {
            file.hide(member.value.range)
        }
        var context = ReadingContext(file: file)
        let provider = Provider(root, origin: origin ?? .file(file), &context)
        bag.add(contentsOf: context.bag)
        return context.bag.hasErrors ? nil : provider
    }

    /// The id of a provider file, without reading the rest of it.
    package static func id(of file: SourceFile) -> (id: String, span: Span)? {
        var bag = DiagnosticBag()
        guard let node = JSONFile.read(file, into: &bag)?["id"], let id = node.string else { return nil }
        return (id, Span(file, node.range))
    }
}

extension Provider {
    fileprivate init?(_ node: JSONNode, origin: Origin, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.root, &context) else { return nil }
        let vars = reader.each("vars", &context) { VariableSpec(name: $0, &$1) }
        let secrets = reader.each("secrets", &context) { SecretSpec(name: $0, &$1) }
        let auth = reader["auth"].flatMap { ProviderAuth($0, secrets: secrets, &context) }
        let span = Span(context.file, node.range.lowerBound..<node.range.lowerBound + 1)
        let placements = Self.placements(reader, auth, span, &context)
        let provider = Provider(
            id: reader.text("id") ?? "", name: reader.text("name") ?? reader.text("id") ?? "",
            docs: reader.text("docs"),
            origin: origin, vars: vars, secrets: secrets,
            variants: reader.each("variants", &context) {
                ProviderVariant(name: $0, vars: vars, secrets: secrets, &$1)
            },
            baseURL: reader.url("baseURL", &context), hosts: reader.list("hosts", &context),
            headers: reader.headers("headers", &context), auth: auth ?? .none, placements: placements,
            cache: CacheRules(reader["cache"], &context), retry: RetryRules(reader["retry"], &context),
            verify: reader["verify"].flatMap { VerifyRequest($0, &context) },
            contract: reader["contract"].map { ProviderContract($0, &context) } ?? ProviderContract(),
            from: reader["from"].map { FromRules($0, &context) } ?? .none,
            replacesBuiltIn: reader["replaces"] != nil, span: span)
        ProviderCheck(provider, hasAuth: auth != nil).run(reader, &context)
        self = provider
    }

    private static func placements(
        _ reader: MemberReader, _ auth: ProviderAuth?, _ span: Span, _ context: inout ReadingContext
    ) -> [Placement] {
        guard let node = reader["apply"] else {
            if case .fixed = auth {
                context.error(
                    "missing-member", "a static provider needs the member 'apply'", at: reader["auth"] ?? reader.node,
                    help: "say where the secret goes: { \"in\": \"header\", \"name\": …, \"value\": … }")
            }
            if case .token = auth { return [.standard(at: span)] }
            return []
        }
        var result: [Placement] = []
        for element in node.elements {
            if let placement = Placement(element, &context) { result.append(placement) }
        }
        return result
    }
}

extension MemberReader {
    fileprivate func each<Value>(
        _ name: String, _ context: inout ReadingContext, _ read: (JSONMember, inout ReadingContext) -> Value?
    ) -> [Value] {
        var result: [Value] = []
        for member in self[name].map({ Array($0.members) }) ?? [] {
            if let value = read(member, &context) { result.append(value) }
        }
        return result
    }

    func list(_ name: String, _ context: inout ReadingContext) -> [Template]? {
        guard let node = self[name] else { return nil }
        var result: [Template] = []
        for element in node.elements { result.append(Template(element, &context)) }
        return result
    }
}

extension CacheRules {
    fileprivate init(_ node: JSONNode?, _ context: inout ReadingContext) {
        self.init()
        guard let node, let reader = memberReader(node, ProviderTables.cache, &context) else { return }
        skew = reader.duration("skew", &context)
        minInterval = reader.duration("minInterval", &context)
        maxPerRun = reader.integer("maxPerRun", 1...Int.max, &context)
        failureCooldown = reader.duration("failureCooldown", &context)
    }
}

extension RetryRules {
    fileprivate init(_ node: JSONNode?, _ context: inout ReadingContext) {
        self.init()
        guard let node, let reader = MemberReader(node, ProviderTables.retry, &context) else { return }
        statuses = reader.integers("statuses", 400...599, &context) ?? statuses
        after = reader.texts("after") ?? after
        max = reader.integer("max", 0...10, &context) ?? max
    }
}
