import Diagnostics
import JSON

/// Reads predicates: a value (`equals`), or an object of which all members must hold.
enum PredicateReader {
    /// Reads a predicate on any value.
    static func read(_ node: JSONNode, _ context: inout ReadingContext) -> Draft<any Predicate>? {
        read(node, .value, &context)
    }

    /// What is wrong is reported, and nil.
    static func read(
        _ node: JSONNode, _ vocabulary: Vocabulary, _ context: inout ReadingContext
    ) -> Draft<any Predicate>? {
        guard node.kind == .object || vocabulary == .duration else {
            return Equals.read(node, at: context.span(node), &context)
        }
        guard let reader = MemberReader(node, vocabulary.table, &context) else { return nil }
        let drafts = predicates(reader, vocabulary, &context)
        if node.members.allSatisfy({ vocabulary.table.spec($0.name) != nil && kind($0.name, vocabulary) == nil }) {
            reportEmpty(node, vocabulary, &context)
        }
        return all(drafts, at: context.span(node))
    }

    /// All of several; one alone stands for itself.
    static func all(_ drafts: [Draft<any Predicate>], at span: Span) -> Draft<any Predicate>? {
        drafts.count < 2 ? drafts.first : try? Draft.all(drafts).map { AllOf($0, at: span) }
    }

    private static func predicates(
        _ reader: MemberReader, _ vocabulary: Vocabulary, _ context: inout ReadingContext
    ) -> [Draft<any Predicate>] {
        var drafts: [Draft<any Predicate>] = []
        for member in reader.node.members {
            guard let kind = kind(member.name, vocabulary), let node = reader[kind.name] else { continue }
            let span = context.span(from: member.nameNode, to: member.value)
            let operand = PredicateOperand(
                name: kind.name, node: node, span: span, place: context.span(node), vocabulary: vocabulary)
            if let draft = kind.read(operand, &context) { drafts.append(draft) }
        }
        return drafts
    }

    private static func kind(_ name: String, _ vocabulary: Vocabulary) -> PredicateKind? {
        vocabulary.kinds.first { $0.name == name }
    }

    private static func reportEmpty(_ node: JSONNode, _ vocabulary: Vocabulary, _ context: inout ReadingContext) {
        let help =
            vocabulary == .duration
            ? #"write { "below": "2s" }"#
            : #"to ask only that there is a value write { "exists": true }, to compare with an empty object "#
                + #"{ "equals": {} }"#
        context.error("empty-predicate", "an empty predicate asks for nothing", at: node, help: help)
    }
}
