import Diagnostics
package import Expectations
import HTTP
import JSON
package import Providers
package import Secrets
package import Templates
import Tokens

/// What came of a sentence of the vendor's page.
package enum PromiseVerdict: Sendable {
    case kept(ProbeExchange)
    /// Sentences without a value of the answer; at least one.
    case broken([String], ProbeExchange)
    /// Completes "skipped: …".
    case notTestable(String)
}

/// Judges the promises about token answers and renewals on the newest ordinary one; it sends nothing.
///
/// Promises about probes and collections are judged where those are sent.
package struct PromiseJudge: Sendable {
    private let functions: FunctionTable
    private let context: JudgingContext

    /// - Parameter digests: `CryptoFunctions.sha256`.
    package init(functions: FunctionTable, digests: Digests, redactor: Redactor?) {
        self.functions = functions
        // The answers hold tokens, and a mismatch would quote them.
        context = JudgingContext(digests: digests, redactor: redactor, hidesValues: true)
    }

    /// In the order of the profile.
    package func verdicts(_ evidence: TokenEvidence) -> [(promise: Promise, verdict: PromiseVerdict)] {
        evidence.identity.provider.contract.promises.compactMap { promise in
            switch promise.subject {
            case .answer(.token): return (promise, verdict(promise, evidence.logins.last, evidence, isRefresh: false))
            case .answer(.refresh):
                return (promise, verdict(promise, evidence.refreshes.last, evidence, isRefresh: true))
            case .answer(.collection), .probe: return nil
            }
        }
    }

    private func verdict(
        _ promise: Promise, _ grant: TokenEvidence.Grant?, _ evidence: TokenEvidence, isRefresh: Bool
    ) -> PromiseVerdict {
        guard let grant, let response = grant.exchange.response else {
            return isRefresh ? withoutRenewal(evidence) : .notTestable(TokenRuleCheck.noLogin(evidence))
        }
        var answer = Answer(response, url: grant.exchange.request.url, duration: response.timings.total)
        do throws(Diagnostic) {
            let mismatches = try mismatches(promise, &answer, evidence)
            return mismatches.isEmpty ? .kept(grant.exchange) : .broken(mismatches.map(\.sentence), grant.exchange)
        } catch {
            return .notTestable(error.title)
        }
    }

    /// A renewal that is refused breaks what is said about it; only one that was never asked for breaks nothing.
    private func withoutRenewal(_ evidence: TokenEvidence) -> PromiseVerdict {
        if let refused = evidence.answers("refresh").last {
            return .broken(["the ordinary renewal: expected a token, got \(refused.words)"], refused.exchange)
        }
        let isToken = evidence.rules.refresh.mode == .token
        return .notTestable(isToken ? "nothing was renewed in this run" : "the provider renews without a refresh token")
    }

    /// A capture that finds nothing is a mismatch too: the promise compares with it.
    private func mismatches(
        _ promise: Promise, _ answer: inout Answer, _ evidence: TokenEvidence
    ) throws(Diagnostic) -> [Mismatch] {
        var scope = Scope(
            [evidence.identity.vars.mapValues { TemplateValue(.string($0)) }], functions: functions,
            redactor: context.redactor)
        for capture in promise.captures {
            switch try capture.value(from: &answer, in: scope, context) {
            case .value(let value): scope.push([capture.name: value])
            case .missing(let mismatch): return [mismatch]
            }
        }
        let expectation = promise.expectation ?? Expectation(at: promise.span)
        return try expectation.resolved(in: scope).mismatches(&answer, context)
    }
}
