import Diagnostics
import JSON
import Results

extension JSONCase {
    static func value(_ outcome: ContractOutcome, _ place: Place) -> JSONValue {
        let (verdict, details) = details(outcome.verdict, outcome.rule)
        return JSONValue.object(
            present: [
                ("kind", .string("contract")), ("name", .string(CaseNames.caseName(outcome))),
                ("request", .string(outcome.subject)), ("groups", texts(outcome.groups)),
                ("row", outcome.rowLabel.map { .string($0) }),
            ] + about(outcome.kind) + [
                ("identity", outcome.identity.map { .string($0) }), ("file", .string(place.file)),
                ("line", number(place.line)), ("verdict", .string(verdict)),
            ] + details + [
                ("rule", outcome.rule.map(rule)), ("remarks", texts(outcome.remarks)),
                ("admitted", outcome.isAdmitted.map { .boolean($0) }),
                ("duration", number(outcome.duration.wholeMilliseconds)),
                ("exchange", outcome.exchange.map(exchange)),
            ])
    }

    private static func about(_ kind: ContractOutcome.Kind) -> [(String, JSONValue?)] {
        switch kind {
        case .probe(let name): [("probe", .string(name))]
        case .access(let caller, let owner): [("caller", .string(caller)), ("owner", owner.map { .string($0) })]
        case .rule(let id): [("ruleId", .string(id))]
        case .promise(let id): [("promise", .string(id))]
        }
    }

    private static func details(
        _ verdict: ContractVerdict, _ rule: RuleNote?
    ) -> (String, [(String, JSONValue?)]) {
        switch verdict {
        case .passed: ("passed", [])
        case .failed(let found): ("failed", [("finding", finding(found, rule))])
        case .warned(let found): ("warned", [("finding", finding(found, rule))])
        case .noVerdict(let sentence): ("no-verdict", [("reason", .string(sentence))])
        case .skipped(let reason): ("skipped", [("reason", .string(reason))])
        }
    }

    private static func finding(_ finding: ContractFinding, _ rule: RuleNote?) -> JSONValue {
        JSONValue.object(present: [
            ("kind", .string(finding.kind.rawValue.lowercased())), ("sentence", .string(finding.sentence)),
            ("expected", .string(finding.expected)), ("actual", .string(finding.actual)),
            ("sent", .string(finding.sent)), ("source", finding.source.map { .string($0) }),
            ("why", rule?.why(finding.kind).map { .string($0) }),
        ])
    }

    private static func rule(_ rule: RuleNote) -> JSONValue {
        JSONValue.object(present: [
            ("id", .string(rule.id)), ("title", .string(rule.title)), ("source", .string(rule.source)),
        ])
    }
}
