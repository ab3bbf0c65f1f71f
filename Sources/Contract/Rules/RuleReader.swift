import Diagnostics
import JSON

/// Reads one file of the rule catalogue, strictly: it is our own, so whatever is odd is a mistake.
enum RuleReader {
    private static let file = MemberTable(
        "rule file", help: "The rules about one subject.",
        [
            MemberSpec("family", .text, required: true, "The beginning of their ids."),
            MemberSpec("title", .text, required: true, "What they are about."),
            MemberSpec("rules", .list(.object("rule")), required: true),
        ])

    private static let rule = MemberTable(
        "rule", help: "What a server must do.",
        [
            MemberSpec("id", .text, required: true, "RES-03"),
            MemberSpec("title", .text, required: true, "The rule as a sentence."),
            MemberSpec("source", .text, required: true, "Document and section."),
            MemberSpec("severity", .word(words(Rule.Severity.self)), required: true),
            MemberSpec("access", .boolean, "A granted probe is a hole (default: severity C)."),
            MemberSpec("modes", .list(.word(words(Rule.Mode.self))), required: true),
            MemberSpec("pack", .word(words(Rule.Pack.self)), required: true),
            MemberSpec("sends", .text, required: true, "What is sent or looked at."),
            MemberSpec("counts", .text, required: true, "What is kept, broken, only observed."),
            MemberSpec("why", .text, "What a broken rule does, and who mends it."),
            MemberSpec("hole", .text, "The same where a caller was let in."),
        ])

    /// nil where the file is of no use; what is wrong is in the bag.
    static func read(
        _ source: SourceFile, family id: String, into bag: inout DiagnosticBag
    ) -> RuleCatalogue.Family? {
        guard let root = JSONFile.read(source, into: &bag) else { return nil }
        var context = ReadingContext(file: source)
        defer { bag.add(contentsOf: context.bag) }
        guard let reader = MemberReader(root, file, &context), let title = text("title", reader, &context)
        else { return nil }
        if reader.text("family") != id { context.error("wrong-family", "the file is that of \(id)", at: root) }
        var rules: [Rule] = []
        for node in reader["rules"].map({ Array($0.elements) }) ?? [] {
            guard let rule = read(node, &context) else { continue }
            check(rule, after: rules, of: id, at: node, &context)
            rules.append(rule)
        }
        return RuleCatalogue.Family(id: id, title: title, rules: rules)
    }

    private static func read(_ node: JSONNode, _ context: inout ReadingContext) -> Rule? {
        guard let reader = MemberReader(node, rule, &context), let id = text("id", reader, &context),
            let title = text("title", reader, &context), let source = text("source", reader, &context),
            let severity = reader.text("severity").flatMap(Rule.Severity.init),
            let pack = reader.text("pack").flatMap(Rule.Pack.init), let sends = text("sends", reader, &context),
            let counts = text("counts", reader, &context), let modes = reader["modes"]
        else { return nil }
        return Rule(
            id: id, title: title, source: source, severity: severity,
            access: severity == .hole || reader["access"]?.boolean == true,
            modes: modes.elements.compactMap { $0.string.flatMap(Rule.Mode.init) }, pack: pack, sends: sends,
            counts: counts, why: text("why", reader, &context), hole: text("hole", reader, &context))
    }

    private static func check(
        _ rule: Rule, after others: [Rule], of family: String, at node: JSONNode, _ context: inout ReadingContext
    ) {
        // Numbered without a gap, so that nothing was forgotten.
        let expected = "\(family)-\(others.count < 9 ? "0" : "")\(others.count + 1)"
        if rule.id != expected { context.error("wrong-id", "'\(rule.id)' should be \(expected)", at: node) }
        if rule.modes.isEmpty || Set(rule.modes).count != rule.modes.count {
            context.error("wrong-modes", "\(rule.id) needs modes, each once", at: node)
        }
    }

    private static func text(_ name: String, _ reader: MemberReader, _ context: inout ReadingContext) -> String? {
        guard let node = reader[name], let text = node.string else { return nil }
        guard text.contains(where: { !$0.isWhitespace }) else {
            context.error("empty", "'\(name)' is empty", at: node)
            return nil
        }
        return text
    }

    private static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> [String] {
        type.allCases.map(\.rawValue)
    }
}
