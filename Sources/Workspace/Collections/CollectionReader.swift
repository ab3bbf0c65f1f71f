package import Diagnostics
import Expectations
package import JSON
import Providers
import Templates

/// Reads a collection file; every mistake goes to the bag, what could be read is given back.
package struct CollectionReader {
    private var context: ReadingContext
    private let budget: HoldingBudget

    private init(_ file: SourceFile, _ budget: HoldingBudget) {
        context = ReadingContext(file: file)
        self.budget = budget
    }

    package static func read(
        _ file: SourceFile, budget: HoldingBudget = HoldingBudget(), into bag: inout DiagnosticBag
    ) -> Collection? {
        guard let root = JSONFile.read(file, into: &bag) else { return nil }
        var reader = CollectionReader(file, budget)
        let collection = reader.collection(root)
        bag.add(contentsOf: reader.context.bag)
        return collection
    }

    private mutating func collection(_ root: JSONNode) -> Collection? {
        guard let reader = MemberReader(root, CollectionTables.collection, &context) else { return nil }
        let defaults = RequestDefaults().merging(reader["defaults"], &context)
        let settings = settings(reader)
        let items = items(reader["requests"], defaults)
        guard let name = name(reader, "name") else { return nil }
        return Collection(
            file: context.file, name: name.text, span: name.span, provider: reader.named("provider", context),
            settings: settings, items: items, isAlone: reader["alone"]?.boolean ?? false,
            waivers: ContractReader.waivers(reader["waive"], &context))
    }

    private mutating func settings(_ reader: MemberReader) -> GroupSettings {
        GroupSettings(
            identity: reader.named("as", context), tags: reader.texts("tags") ?? [],
            environments: reader.texts("environments"), skip: reader.text("skip"),
            isOnly: reader["only"]?.boolean ?? false, after: reader.namedList("after", context),
            variables: VariableSet(reader["variables"], &context))
    }

    private mutating func items(_ node: JSONNode?, _ defaults: RequestDefaults) -> [CollectionItem] {
        var items: [CollectionItem] = []
        let shared = SharedDefaults(defaults)
        var names: Set<String> = []
        for element in node.map({ Array($0.elements) }) ?? [] {
            guard let item = item(element, shared) else { continue }
            if !names.insert(CaseName.folded(item.name)).inserted {
                context.bag.error(
                    "repeated-name", "'\(item.name)' stands twice in this list", at: item.span,
                    help: "reports tell cases apart by their names")
            }
            items.append(item)
        }
        return items
    }

    private mutating func item(_ node: JSONNode, _ shared: SharedDefaults) -> CollectionItem? {
        if node["include"] != nil, node["request"] == nil {
            _ = MemberReader(node, CollectionTables.include, &context)
            return nil
        }
        if node["requests"] != nil || node["group"] != nil, node["request"] == nil {
            return group(node, shared.defaults).map { .group($0) }
        }
        return RequestReader.read(node, shared, &context).map { .request(RequestSource($0, node, shared, budget)) }
    }

    private mutating func group(_ node: JSONNode, _ outer: RequestDefaults) -> Group? {
        guard let reader = MemberReader(node, CollectionTables.group, &context) else { return nil }
        let defaults = outer.merging(reader["defaults"], &context)
        let settings = settings(reader)
        let items = items(reader["requests"], defaults)
        guard let name = name(reader, "group") else { return nil }
        return Group(name: name.text, span: name.span, settings: settings, items: items)
    }

    private mutating func name(_ reader: MemberReader, _ member: String) -> Named? {
        CaseName.read(reader, member, &context)
    }
}

/// Names of collections, groups and requests: reports and CI systems tell cases apart by them.
enum CaseName {
    static func read(_ reader: MemberReader, _ member: String, _ context: inout ReadingContext) -> Named? {
        guard let node = reader[member], let named = reader.named(member, context) else { return nil }
        if named.text.unicodeScalars.contains(where: isControl) {
            context.error(
                "control-in-name", "the name holds a control character", at: node,
                help: "reports are lines of text; write a blank")
        } else if named.text.allSatisfy(\.isWhitespace) {
            context.error("empty-name", "the name is empty", at: node)
        } else if named.text.contains("{{") {
            context.error(
                "variable-in-name", "a name holds no placeholder", at: node,
                help: "it must be the same in every run, so that reports can be compared")
        }
        return named
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
    }

    /// As reports show it: white space folded to single blanks.
    static func folded(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isPlain ? name : name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension CollectionItem {
    package var name: String {
        switch self {
        case .request(let request): request.name
        case .group(let group): group.name
        }
    }

    package var span: Span {
        switch self {
        case .request(let request): request.span
        case .group(let group): group.span
        }
    }
}

extension VariableSet {
    /// Reads `variables`: name → any JSON with placeholders.
    package init(_ node: JSONNode?, _ context: inout ReadingContext) {
        var variables: [(name: Named, value: JSONTemplate)] = []
        for member in node.map({ Array($0.members) }) ?? [] {
            if !isTemplateName(member.name) {
                context.error(
                    "bad-variable-name", "'\(member.name)' cannot be used in a placeholder", at: member.nameNode,
                    help: "names are a letter or '_', then letters, digits, '_', '-'")
            }
            let name = Named(member.name, at: context.span(member.nameNode))
            variables.append((name, JSONTemplate(member.value, &context)))
        }
        self.init(variables)
    }
}
