import Diagnostics
import HTTP
package import JSON

extension Expectation {
    /// Reads an expectation; what is wrong is reported, and the rest is read on.
    ///
    /// nil where the node is no object.
    package init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ExpectationTables.expectation, &context) else { return nil }
        self.init(at: context.span(node))
        readStatus(reader, &context)
        headers = Self.entries(reader["headers"], &context, Self.header)
        json = Self.entries(reader["json"], &context, remarks: Self.remarks + ["description"], Self.query)
        text = reader["text"].flatMap { PredicateReader.read($0, &context) }
        duration = reader["duration"].flatMap { PredicateReader.read($0, .duration, &context) }
        challenge = reader["challenge"].flatMap { Self.challenges($0, &context) }
        if let body = reader["body"] { readBody(body, &context) }
        prepare()
    }

    /// Reads what may stand in place of an expectation: a status, a class, a list, `{ "not": … }`, or an expectation.
    package static func readOrStatus(_ node: JSONNode, _ context: inout ReadingContext) -> Expectation? {
        if node.kind == .object, node["not"] == nil { return Expectation(node, &context) }
        guard let status = StatusSet.read(node, &context) else { return nil }
        var expectation = Expectation(at: context.span(node))
        expectation.status = (status, context.span(node))
        expectation.prepare()
        return expectation
    }

    /// How what `readOrStatus` takes is written.
    package static let orStatusShape: Shape = .either([StatusSet.shape, .object("expectation")])

    private mutating func readStatus(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let node = reader["status"], let draft = StatusSet.read(node, &context) else { return }
        status = (draft, context.span(node))
    }

    private mutating func readBody(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ExpectationTables.body, &context) else { return }
        let size = reader["size"].flatMap { PredicateReader.read($0, &context) }
        let sha256 = reader["sha256"].flatMap { PredicateReader.read($0, &context) }
        needsBytes = sha256 != nil
        let both = Draft.all([size, sha256].compactMap { $0 })
        let (hasSize, hasDigest) = (size != nil, sha256 != nil)
        body = context.map(both) { BodyQuery(size: hasSize ? $0.first : nil, sha256: hasDigest ? $0.last : nil) }
    }

    /// Names of a map that are no members of it. `description` is one only where it can be nothing else.
    private static let remarks = ["$comment", "$schema"]

    /// The members of a map whose names are free.
    private static func entries<Value>(
        _ node: JSONNode?, _ context: inout ReadingContext, remarks: [String] = remarks,
        _ read: (JSONMember, inout ReadingContext) -> Entry<Value>?
    ) -> [Entry<Value>] {
        var entries: [Entry<Value>] = []
        for member in node?.members.filter({ !remarks.contains($0.name) }) ?? [] {
            guard let entry = read(member, &context) else { continue }
            if entries.contains(where: { $0.name == entry.name }) {
                context.error("repeated-member", "the member '\(member.name)' stands here twice", at: member.nameNode)
            }
            entries.append(entry)
        }
        return entries
    }

    private static func header(_ member: JSONMember, _ context: inout ReadingContext) -> Entry<HeaderQuery>? {
        let name = member.name
        guard HeaderName.check(name, at: member.nameNode, cookies: "cookies", &context) else { return nil }
        guard let draft = PredicateReader.read(member.value, .header, &context),
            let query = context.map(draft, { HeaderQuery(name: name, predicate: $0) })
        else { return nil }
        return Entry(name: name.lowercased(), draft: query, span: context.span(member.nameNode))
    }

    private static func query(_ member: JSONMember, _ context: inout ReadingContext) -> Entry<JSONQuery>? {
        let path = PathReader.read(member.nameNode, &context)
        let predicate = PredicateReader.read(member.value, &context)
        guard let path, let predicate,
            let query = context.map(path.with(predicate), { JSONQuery(path: $0.0, predicate: $0.1) })
        else { return nil }
        return Entry(name: member.name, draft: query, span: context.span(member.nameNode))
    }

    private static func challenges(_ node: JSONNode, _ context: inout ReadingContext) -> Draft<[ChallengeQuery]>? {
        let schemes = entries(node, &context) { (member, context) in
            let (scheme, span) = (member.name, context.span(member.nameNode))
            let parameters = entries(member.value, &context, parameter)
            let draft = context.map(Draft.all(parameters.map(\.draft))) {
                ChallengeQuery(scheme: scheme, parameters: $0, span: span)
            }
            return draft.map { Entry(name: scheme.lowercased(), draft: $0, span: span) }
        }
        return Draft.all(schemes.map(\.draft))
    }

    private static func parameter(
        _ member: JSONMember, _ context: inout ReadingContext
    ) -> Entry<ChallengeQuery.Parameter>? {
        let name = member.name
        guard let draft = PredicateReader.read(member.value, &context),
            let parameter = context.map(draft, { ChallengeQuery.Parameter(name: name, predicate: $0) })
        else { return nil }
        return Entry(name: name.lowercased(), draft: parameter, span: context.span(member.nameNode))
    }
}

/// Checks the header names that files look at.
enum HeaderName {
    /// - Parameter cookies: the member through which Set-Cookie is looked at.
    static func check(
        _ name: String, at node: JSONNode, cookies: String, _ context: inout ReadingContext
    ) -> Bool {
        if HeaderFields.sameName(name, "Set-Cookie") {
            context.error(
                "set-cookie", "Set-Cookie cannot be looked at as a header", at: node,
                help: "test it through '\(cookies)', which a later version supports")
            return false
        }
        guard HeaderFields.isToken(name) else {
            context.error(
                "bad-header-name", "'\(name)' is not a header name", at: node,
                help: "letters, digits and a few marks such as '-', no blanks (RFC 9110 §5.1)")
            return false
        }
        return true
    }
}
