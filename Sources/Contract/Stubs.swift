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
    ) {}
    package func verdict(
        of: ProbeExchange, control: ProbeExchange, ownHolds: Bool, _ context: JudgingContext
    ) -> ContractVerdict { .passed }
}
package enum HarmlessForm {
    package static func of(_ request: HTTPRequest, placeholder: Int?) -> HTTPRequest? { nil }
}
package struct PromiseJudge {
    package init(promise: Promise) {}
    package func verdict(on evidence: TokenEvidence, redactor: Redactor) -> ContractVerdict { .passed }
}
extension ResourceProbe { package static let all: [ResourceProbe] = [] }
extension ProbeName { package var isMalformed: Bool { false } }
