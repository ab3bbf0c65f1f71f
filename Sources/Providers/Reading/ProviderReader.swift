package import Diagnostics
import HTTP
import JSON
import Templates

/// Reads provider files (formats.md R7); everything that is wrong with one is reported in one go.
package enum ProviderReader {
    /// The provider, or nil where the file has errors; they are in the bag then.
    ///
    /// - Parameter base: the provider that the file's `extends` names.
    package static func read(
        file: SourceFile, origin: Provider.Origin? = nil, base: Provider? = nil, bag: inout DiagnosticBag
    ) -> Provider? {
        guard let root = JSONFile.read(file, into: &bag) else { return nil }
        // A provider holds no secret; whoever writes one here must not see it again in the error about it.
        for member in root["secrets"].map({ Array($0.members) }) ?? [] where member.value.kind != .object {
            file.hide(member.value.range)
        }
        for member in root["tls"].map({ Array($0.members) }) ?? [] {
            let text = member.value.string ?? ""
            if TLSRules.holdsKey(text) || (member.name == "clientKey" && !text.contains("{{")) {
                file.hide(member.value.range)
            }
        }
        var context = ReadingContext(file: file)
        if base == nil, let node = root["extends"], let name = node.string {
            context.error("unknown-base", "the provider '\(name)' that this one extends is not known here", at: node)
            bag.add(contentsOf: context.bag)
            return nil
        }
        let provider = Provider(root, origin: origin ?? .file(file), base: base, &context)
        bag.add(contentsOf: context.bag)
        return context.bag.hasErrors ? nil : provider
    }

    /// The id of a provider file, without reading the rest of it.
    package static func id(of file: SourceFile) -> (id: String, span: Span)? { text("id", of: file) }

    /// The provider that the file extends.
    static func base(of file: SourceFile) -> (id: String, span: Span)? { text("extends", of: file) }

    private static func text(_ name: String, of file: SourceFile) -> (id: String, span: Span)? {
        var bag = DiagnosticBag()
        guard let node = JSONFile.read(file, into: &bag)?[name], let text = node.string else { return nil }
        return (text, Span(file, node.range))
    }
}

extension Provider {
    fileprivate init?(_ node: JSONNode, origin: Origin, base: Provider?, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.root, &context) else { return nil }
        let vars = merged(base?.vars, reader, "vars", \.name, &context) {
            VariableSpec(name: $0, base: base?.variable($0.name), &$1)
        }
        let secrets = merged(base?.secrets, reader, "secrets", \.name, &context) { SecretSpec(name: $0, &$1) }
        let auth = Self.auth(reader, secrets, base, &context)
        let sign =
            reader["auth"]?["sign"].flatMap { $0.kind == .object ? SignRules($0, secrets: secrets, &context) : nil }
            ?? base?.sign
        let span = Span(context.file, node.range.lowerBound..<node.range.lowerBound + 1)
        let headers = reader.headers("headers", &context)
        let provider = Provider(
            id: reader.text("id") ?? "", name: reader.text("name") ?? reader.text("id") ?? "",
            docs: reader.text("docs") ?? base?.docs, origin: origin, vars: vars, secrets: secrets,
            variants: merged(base?.variants, reader, "variants", \.name, &context) {
                ProviderVariant(name: $0, vars: vars, secrets: secrets, &$1)
            },
            baseURL: reader.url("baseURL", &context) ?? base?.baseURL,
            hosts: reader.hosts(&context) ?? base?.hosts,
            headers: (base?.headers ?? []).filter { old in
                !headers.contains { HeaderFields.sameName($0.name, old.name) }
            } + headers,
            auth: auth ?? .none, sign: sign,
            placements: Self.placements(reader, auth, sign, base, span, &context),
            cache: CacheRules(reader["cache"], base: base?.cache ?? CacheRules(), &context),
            retry: RetryRules(reader["retry"], base: base?.retry ?? RetryRules(), &context),
            tls: TLSRules(reader["tls"], base: base?.tls ?? TLSRules(), secrets: secrets, &context),
            verify: reader["verify"].flatMap { VerifyRequest($0, &context) } ?? base?.verify,
            contract: reader["contract"].map { ProviderContract($0, &context) } ?? base?.contract
                ?? ProviderContract(),
            from: reader["from"].map { FromRules($0, &context) } ?? base?.from ?? .none,
            replacesBuiltIn: reader["replaces"] != nil, extends: reader.text("extends"), span: span)
        ProviderCheck(provider, hasAuth: auth != nil).run(reader, &context)
        self = provider
    }

    private static func auth(
        _ reader: MemberReader, _ secrets: [SecretSpec], _ base: Provider?, _ context: inout ReadingContext
    ) -> ProviderAuth? {
        guard let node = reader["auth"] else {
            if base == nil, reader.node["auth"] == nil, reader.node["extends"] == nil {
                context.missing("auth", in: reader, help: ProviderTables.root.spec("auth")?.help)
            }
            return base?.auth
        }
        return ProviderAuth(node, secrets: secrets, base: base?.auth, &context)
    }

    private static func placements(
        _ reader: MemberReader, _ auth: ProviderAuth?, _ sign: SignRules?, _ base: Provider?, _ span: Span,
        _ context: inout ReadingContext
    ) -> [Placement] {
        guard let node = reader["apply"] else {
            if let base, !base.placements.isEmpty { return base.placements }
            switch auth {
            case .fixed where sign == nil:
                context.error(
                    "missing-member", "a static provider needs the member 'apply'", at: reader["auth"] ?? reader.node,
                    help: "say where the secret goes: { \"in\": \"header\", \"name\": …, \"value\": … }")
                return []
            case .token: return sign?.setsAuthorization == true ? [] : [.standard(at: span)]
            default: return []
            }
        }
        var result: [Placement] = []
        for element in node.elements {
            if let placement = Placement(element, &context) { result.append(placement) }
        }
        return result
    }
}

extension SignRules {
    /// It stands where a token would stand.
    package var setsAuthorization: Bool {
        switch self {
        case .awsSigV4, .digest, .oauth1: true
        case .hmac, .httpSignature, .wsse, .dpop: false
        }
    }
}

/// What is inherited and what stands here; a name that stands in both is read anew, in its old place.
private func merged<Value>(
    _ base: [Value]?, _ reader: MemberReader, _ name: String, _ key: (Value) -> String,
    _ context: inout ReadingContext, _ read: (JSONMember, inout ReadingContext) -> Value?
) -> [Value] {
    var result = base ?? []
    for member in reader[name].map({ Array($0.members) }) ?? [] {
        guard let value = read(member, &context) else { continue }
        if let place = result.firstIndex(where: { key($0) == member.name }) {
            result[place] = value
        } else {
            result.append(value)
        }
    }
    return result
}

extension MemberReader {
    /// Entries without placeholders are judged at once.
    func hosts(_ context: inout ReadingContext) -> [Template]? {
        guard let node = self["hosts"] else { return nil }
        for element in node.elements {
            guard let text = element.string, !text.contains("{{"), HostEntry.pattern(text) == nil else { continue }
            context.error("bad-host", "this is not a host", at: element, help: HostEntry.help)
        }
        return list("hosts", &context)
    }

    func list(_ name: String, _ context: inout ReadingContext) -> [Template]? {
        guard let node = self[name] else { return nil }
        var result: [Template] = []
        for element in node.elements { result.append(Template(element, &context)) }
        return result
    }
}

extension CacheRules {
    fileprivate init(_ node: JSONNode?, base: CacheRules, _ context: inout ReadingContext) {
        self = base
        guard let node, let reader = MemberReader(node, ProviderTables.cache, &context) else { return }
        store = reader.word("store") ?? store
        persistRefreshToken = reader.flag("persistRefreshToken", &context) ?? persistRefreshToken
        repeatAfter401 = reader.word("repeatAfter401") ?? repeatAfter401
        keyExtra = reader.list("keyExtra", &context) ?? keyExtra
        skew = reader.duration("skew", &context) ?? skew
        minInterval = reader.duration("minInterval", &context) ?? minInterval
        maxPerRun = reader.integer("maxPerRun", 1...Int.max, &context) ?? maxPerRun
        failureCooldown = reader.duration("failureCooldown", &context) ?? failureCooldown
    }
}

extension RetryRules {
    fileprivate init(_ node: JSONNode?, base: RetryRules, _ context: inout ReadingContext) {
        self = base
        guard let node, let reader = MemberReader(node, ProviderTables.retry, &context) else { return }
        statuses = reader.integers("statuses", 400...599, &context) ?? statuses
        after = reader.headerNames("after", &context) ?? after
        at = reader.headerNames("at", &context) ?? at
        max = reader.integer("max", 0...10, &context) ?? max
    }
}
