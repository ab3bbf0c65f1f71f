import Contract
import HTTP
import Testing

@Suite("The rules about assertions")
struct AssertionRuleTests {
    private static func judge(
        _ rule: String, _ flaw: AssertionService.Flaw, isGrant: Bool = false
    ) async throws -> RuleVerdict {
        let service = AssertionService(flaw, isGrant: isGrant)
        let probing = isGrant ? AssertionProbing.grant : AssertionProbing.client
        let evidence = try await probing.run { service.answer($0) }.evidence
        return try #require(TokenRuleCheck.all.first { $0.id == rule }).judge(evidence)
    }

    @Test("a service that keeps the rules breaks none", arguments: [false, true])
    func clean(isGrant: Bool) async throws {
        let service = AssertionService(isGrant: isGrant)
        let probing = isGrant ? AssertionProbing.grant : AssertionProbing.client
        let evidence = try await probing.run { service.answer($0) }.evidence
        var kept: Set<String> = []
        for check in TokenRuleCheck.all where check.id.hasPrefix("AST") {
            switch check.judge(evidence) {
            case .kept: kept.insert(check.id)
            case .notTestable: continue
            case let other: Issue.record("\(check.id): \(other)")
            }
        }
        let wanted: Set = ["AST-01", "AST-02", "AST-03", "AST-04", "AST-08", "AST-09"]
        #expect(kept == wanted.union(isGrant ? ["AST-05"] : ["AST-06", "AST-07"]))
    }

    @Test("where no client shows itself, a bad grant is right to be called so, and nobody's id is its secret")
    func grantAlone() async throws {
        for rule in ["TOK-12", "TOK-32", "TOK-28"] {
            guard case .kept = try await Self.judge(rule, .init(), isGrant: true) else {
                Issue.record("\(rule): \(try await Self.judge(rule, .init(), isGrant: true))")
                continue
            }
        }
        guard case .broken = try await Self.judge("TOK-12", .init(code: "invalid_request"), isGrant: true) else {
            Issue.record("TOK-12 takes any code")
            return
        }
    }

    private static let flaws: [(rule: String, isGrant: Bool, flaw: AssertionService.Flaw)] = [
        ("AST-01", false, .init(unread: ["exp"])), ("AST-01", true, .init(unread: ["iss"])),
        ("AST-02", false, .init(unread: ["late"])), ("AST-03", false, .init(unread: ["aud"])),
        ("AST-03", true, .init(unread: ["aud"])), ("AST-04", false, .init(seesSignature: false)),
        ("AST-05", true, .init(code: "invalid_request")), ("AST-06", false, .init(code: "invalid_request")),
        ("AST-07", false, .init(unread: ["sub"])), ("AST-08", false, .init(seesReplay: false)),
    ]

    @Test("each flaw breaks its rule", arguments: 0..<flaws.count)
    func flaw(_ index: Int) async throws {
        let (rule, isGrant, flaw) = Self.flaws[index]
        guard case .broken = try await Self.judge(rule, flaw, isGrant: isGrant) else {
            Issue.record("\(rule) is not broken: \(try await Self.judge(rule, flaw, isGrant: isGrant))")
            return
        }
    }

    @Test("an assertion that is good for ten years is told, and fails nothing")
    func forEver() async throws {
        guard case .observed = try await Self.judge("AST-09", .init(longest: 1e10)) else {
            Issue.record("AST-09 is not observed")
            return
        }
    }

    @Test("nothing with a wrong signature is sent once no failed login is left")
    func budget() async throws {
        let service = AssertionService()
        let evidence = try await AssertionProbing.client.run { service.answer($0) }.evidence
        let failed = ["T-01", "AST-04"].compactMap { evidence.exchanges[$0]?.count }.reduce(0, +)
        #expect(failed == 2)
    }
}
