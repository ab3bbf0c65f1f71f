import Diagnostics
import Expectations
package import JSON

extension ProviderContract {
    init(_ node: JSONNode, _ context: inout ReadingContext) {
        self.init()
        guard let reader = MemberReader(node, ProviderTables.contract, &context) else { return }
        packs = reader.texts("packs") ?? []
        for node in reader["promises"].map({ Array($0.elements) }) ?? [] {
            guard let promise = Promise(node, &context) else { continue }
            if promises.contains(where: { $0.id == promise.id }) {
                context.error(
                    "repeated-promise", "the promise '\(promise.id)' stands here twice", at: node["id"] ?? node)
            }
            promises.append(promise)
        }
        for node in reader["waive"].map({ Array($0.elements) }) ?? [] {
            if let waiver = Waiver(node, &context) { waivers.append(waiver) }
        }
        if let node = reader["denials"] { readDenials(node, &context) }
    }

    private mutating func readDenials(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.denials, &context) else { return }
        for probe in ProbeName.allCases {
            guard let node = reader[probe.rawValue] else { continue }
            denials[probe] = Expectation.readOrStatus(node, &context)
        }
        insufficient = reader["insufficient"].flatMap { Expectation.readOrStatus($0, &context) }
    }
}

extension Promise {
    init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.promise, &context), let id = reader.text("id"),
            let says = reader.text("says"), let source = reader.text("source"), let level: Level = reader.word("level"),
            let subject = Self.subject(reader, &context)
        else { return nil }
        self.init(
            id: id, says: says, source: source, level: level, subject: subject,
            captures: Self.captures(reader, &context),
            expectation: reader["expect"].flatMap { Expectation($0, &context) }, span: context.span(node))
        checkUse(reader, &context)
    }

    private static func subject(_ reader: MemberReader, _ context: inout ReadingContext) -> Subject? {
        let place: Place? = reader.word("on")
        let probe: ProbeName? = reader.word("probe")
        switch (place, probe) {
        case (let place?, nil): return .answer(place)
        case (nil, let probe?): return .probe(probe)
        case (nil, nil) where reader.node["on"] != nil || reader.node["probe"] != nil: return nil
        case (nil, nil), (_?, _?):
            context.error(
                "one-subject", "a promise has either 'on' or 'probe'", at: reader["id"] ?? reader.node,
                help: "\"on\": \"token\", \"refresh\" or \"collection\"; \"probe\": the broken credential that shows it"
            )
            return nil
        }
    }

    private static func captures(_ reader: MemberReader, _ context: inout ReadingContext) -> [Capture] {
        var result: [Capture] = []
        for member in reader["capture"].map({ Array($0.members) }) ?? [] {
            if let capture = Capture(name: member.name, member.value, &context) { result.append(capture) }
        }
        return result
    }

    /// What a collection tests, a collection expects.
    private func checkUse(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard case .answer(.collection) = subject else { return }
        for name in ["expect", "capture"] {
            guard let node = reader.nameNode(name) else { continue }
            context.error(
                "no-answer", "'\(name)' has no answer to look at: the promise is tested by a collection", at: node,
                help: "the request that covers \(id) has its own 'expect'")
        }
    }
}

extension Waiver {
    /// Also used for collections and `usher.json`.
    package init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.waiver, &context), let rule = reader.text("rule"),
            let because = reader.text("because")
        else { return nil }
        self.init(
            rule: rule, because: because, until: Self.day(reader, &context), requests: reader.texts("requests"),
            span: context.span(node))
    }

    private static func day(_ reader: MemberReader, _ context: inout ReadingContext) -> String? {
        guard let node = reader["until"], let text = node.string else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isDay =
            parts.map(\.utf8.count) == [4, 2, 2]
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
            && (1...12).contains(Int(parts[1]) ?? 0) && (1...31).contains(Int(parts[2]) ?? 0)
        if !isDay { context.wrongKind("until", node, wanted: "a day such as \"2027-01-31\"") }
        return isDay ? text : nil
    }
}

extension VerifyRequest {
    init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.verify, &context),
            let line = RequestLine(reader, &context)
        else { return nil }
        self.init(
            method: line.method, url: line.url, expectation: reader["expect"].flatMap { Expectation($0, &context) },
            span: context.span(node))
    }
}
