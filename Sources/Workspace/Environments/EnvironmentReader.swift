package import Diagnostics
import HTTP
import JSON
import Secrets
import Templates

/// Reads an environment file and those it extends.
package struct EnvironmentReader {
    private var context: ReadingContext

    private init(_ file: SourceFile) { context = ReadingContext(file: file) }

    /// - Parameter load: reads the file of `extends`, or reports why it cannot.
    package static func read(
        _ file: SourceFile, into bag: inout DiagnosticBag,
        load: (_ path: String, _ span: Span, inout DiagnosticBag) -> SourceFile?
    ) -> Environment? {
        read(file, into: &bag, seen: [Files.realPath(file.path) ?? file.path], load: load)
    }

    private static func read(
        _ file: SourceFile, into bag: inout DiagnosticBag, seen: [String],
        load: (_ path: String, _ span: Span, inout DiagnosticBag) -> SourceFile?
    ) -> Environment? {
        guard let root = JSONFile.read(file, into: &bag, mayHoldSecrets: true) else { return nil }
        var reader = EnvironmentReader(file)
        let own = reader.environment(root)
        bag.add(contentsOf: reader.context.bag)
        guard let own, let extends = own.extends else { return own?.environment }
        let path = FileSource.resolve(extends.text, besides: file.path)
        let place = Files.realPath(path) ?? path
        if seen.contains(place) {
            bag.error("extends-cycle", "'extends' leads back to this file", at: extends.span)
            return own.environment
        }
        guard let baseFile = load(path, extends.span, &bag),
            let base = read(baseFile, into: &bag, seen: seen + [place], load: load)
        else { return own.environment }
        return own.environment.extending(base, safetyIsOwn: own.hasSafety)
    }

    private mutating func environment(
        _ root: JSONNode
    ) -> (environment: Environment, extends: Named?, hasSafety: Bool)? {
        guard let reader = MemberReader(root, EnvironmentTables.environment, &context) else { return nil }
        let safety = reader.text("safety").flatMap(Environment.Safety.init) ?? .normal
        let environment = Environment(
            file: context.file, name: reader.text("name") ?? "", safety: safety,
            variables: VariableSet(reader["variables"], &context), identities: identities(reader["identities"]),
            groups: groups(reader["groups"]))
        return (environment, reader.named("extends", context), reader["safety"] != nil)
    }

    private mutating func identities(_ node: JSONNode?) -> [IdentitySpec] {
        var identities: [IdentitySpec] = []
        for member in node.map({ Array($0.members) }) ?? [] {
            if member.name == "anonymous" {
                context.error("reserved-name", "'anonymous' is nobody's name", at: member.nameNode)
                continue
            } else if !isTemplateName(member.name) {
                context.error(
                    "bad-identity-name", "'\(member.name)' cannot be used in a placeholder", at: member.nameNode,
                    help: "names are a letter or '_', then letters, digits, '_', '-'")
            } else if identities.contains(where: { $0.name == member.name }) {
                context.error("repeated-member", "the identity '\(member.name)' stands here twice", at: member.nameNode)
            }
            if let identity = identity(member) { identities.append(identity) }
        }
        return identities
    }

    private mutating func identity(_ member: JSONMember) -> IdentitySpec? {
        guard let reader = MemberReader(member.value, EnvironmentTables.identity, &context) else { return nil }
        let vars = reader["vars"].map { $0.members.map { (name: named($0), value: $0.value.string ?? "") } } ?? []
        let from = reader["from"].flatMap { SecretBinding($0, name: "from", &context) }
        if let from, from.source is PointerSource {
            context.bag.error("from-pointer", "'from' needs a document: a file or a variable", at: from.span)
        }
        let secrets = secrets(reader["secrets"], hasFrom: reader["from"] != nil)
        guard let provider = reader.named("provider", context) else { return nil }
        return IdentitySpec(
            name: member.name, span: context.span(member.nameNode), provider: provider,
            variant: reader.named("variant", context), vars: vars, scope: reader.texts("scope"), secrets: secrets,
            boundNames: Set(member.value["secrets"].map { $0.members.map(\.name) } ?? []), from: from,
            tls: tls(reader["tls"]),
            owns: owns(reader["owns"]))
    }

    private mutating func tls(_ node: JSONNode?) -> TLSClientIdentity? {
        guard let node, let reader = MemberReader(node, EnvironmentTables.clientCertificate, &context),
            let certificate = reader.text("certificate")
        else { return nil }
        return TLSClientIdentity(
            certificate: FileSource.resolve(certificate, besides: context.file.path),
            key: reader.text("key").map { FileSource.resolve($0, besides: context.file.path) })
    }

    private mutating func secrets(_ node: JSONNode?, hasFrom: Bool) -> [(name: Named, binding: SecretBinding)] {
        var secrets: [(name: Named, binding: SecretBinding)] = []
        for member in node.map({ Array($0.members) }) ?? [] {
            guard let binding = SecretBinding(member.value, name: member.name, &context) else { continue }
            if binding.source is PointerSource, !hasFrom {
                context.error(
                    "pointer-without-from", "'pointer' alone points into the document of 'from', which is missing",
                    at: member.value,
                    help: "add \"from\": { \"file\": … } to the identity, or a 'file' beside 'pointer'")
            }
            secrets.append((named(member), binding))
        }
        return secrets
    }

    private mutating func owns(_ node: JSONNode?) -> [(name: Named, value: JSONValue)] {
        node.map { $0.members.map { (name: named($0), value: $0.value.value) } } ?? []
    }

    private mutating func groups(_ node: JSONNode?) -> [IdentityGroup] {
        var groups: [IdentityGroup] = []
        for member in node.map({ Array($0.members) }) ?? [] {
            let members = member.value.elements.map { Named($0.string ?? "", at: context.span($0)) }
            groups.append(IdentityGroup(name: named(member), members: members))
        }
        return groups
    }

    private func named(_ member: JSONMember) -> Named {
        Named(member.name, at: context.span(member.nameNode))
    }
}

extension Environment {
    /// formats.md R5: `extends` merges by name, this file wins.
    func extending(_ base: Environment, safetyIsOwn: Bool) -> Environment {
        Environment(
            file: file, bases: [base.file] + base.bases, name: name, safety: safetyIsOwn ? safety : base.safety,
            variables: VariableSet(
                base.variables.variables.filter { outer in
                    !variables.variables.contains { $0.name.text == outer.name.text }
                } + variables.variables),
            identities: base.identities.filter { self[identity: $0.name] == nil } + identities,
            groups: base.groups.filter { outer in !groups.contains { $0.name.text == outer.name.text } } + groups)
    }

    /// Members of groups that are no identities of this environment.
    func checkGroups(_ bag: inout DiagnosticBag) {
        for member in groups.flatMap(\.members) where self[identity: member.text] == nil {
            bag.error(
                "unknown-identity", "there is no identity '\(member.text)'", at: member.span,
                help: nearest(to: member.text, among: identities.map(\.name)).map { "did you mean '\($0)'?" })
        }
    }
}
