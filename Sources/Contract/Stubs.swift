package import Expectations
package import HTTP
package import Providers
package import Results
package import Secrets

package enum RuleCatalogue {
    package static func rule(_ id: String) -> Rule? { nil }
}
package struct DenialJudge {
    package init(
        subject: String, caller: String, identity: String?, expectation: ResolvedExpectation?, malformed: Bool,
        source: String?, rule: String
    ) { e = expectation; who = caller }
    let e: ResolvedExpectation?
    let who: String
    package func verdict(
        of: ProbeExchange, control: ProbeExchange, ownHolds: Bool, _ context: JudgingContext
    ) -> ContractVerdict {
        guard let status = of.status else { return .noVerdict("No verdict: none") }
        if let e, e.status.contains(status) { return .passed }
        if status < 300 { return .failed(ContractFinding(.hole, "Hole: \(who)", expected: "", actual: "\(status)", sent: "")) }
        if [401, 403, 404].contains(status) { return .passed }
        return .failed(ContractFinding(.deviation, "Deviation: \(who) \(status)", expected: "", actual: "\(status)", sent: ""))
    }
}
package enum HarmlessForm {
    package static func of(_ request: HTTPRequest, placeholder: Int?) -> HTTPRequest? { nil }
}
package struct PromiseJudge {
    package init(promise: Promise) {}
    package func verdict(on evidence: TokenEvidence, redactor: Redactor) -> ContractVerdict { .passed }
}
extension ProbeName { package var isMalformed: Bool { false } }
