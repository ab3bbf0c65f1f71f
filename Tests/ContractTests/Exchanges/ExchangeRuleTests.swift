import Contract
import HTTP
import Testing

@Suite("The rules about token exchange")
struct ExchangeRuleTests {
    private static func evidence(_ edit: @escaping ExchangeService.Edit = { _, _ in }) async throws -> TokenEvidence {
        let service = ExchangeService(edit)
        let probing = EndpointProbing(
            auth: #""clientAuth": { "method": "basic" }"#, grant: "token_exchange",
            secrets: ["subjectToken": ExchangeService.subject])
        return try await probing.run { service.answer($0) }.evidence
    }

    @Test("a service that keeps the rules breaks none")
    func clean() async throws {
        let evidence = try await Self.evidence()
        #expect(evidence.doubt == nil)
        var kept: Set<String> = []
        for check in TokenRuleCheck.all where check.id.hasPrefix("EXC") {
            switch check.judge(evidence) {
            case .kept: kept.insert(check.id)
            case .notTestable: continue
            case let other: Issue.record("\(check.id): \(other)")
            }
        }
        #expect(kept == ["EXC-01", "EXC-02", "EXC-03", "EXC-04", "EXC-05", "EXC-06"])
    }

    @Test("half an actor has a good token, so that only its type is missing")
    func halfAnActor() async throws {
        let sent = try #require(try await Self.evidence().exchanges["EXC-05"])
        let form = EndpointService.pairs(sent[0].request)
        #expect(form.contains { $0 == ("actor_token", ExchangeService.subject) })
        #expect(!form.contains { $0.0 == "actor_token_type" })
    }

    private static func edit(_ response: inout HTTPResponse, _ old: String, _ new: String) {
        response.body = Array(String(decoding: response.body, as: UTF8.self).replacing(old, with: new).utf8)
    }

    private static let token = #"{"access_token":"t-0123456789abcdefghijkl","token_type":"Bearer"}"#

    private static let flaws: [(rule: String, edit: ExchangeService.Edit)] = [
        ("EXC-01", { _, response in edit(&response, "issued_token_type", "kind") }),
        ("EXC-02", { _, response in edit(&response, "token-type:access_token", "token-type:id_token") }),
        (
            "EXC-03",
            { form, response in
                if form["subject_token"] != ExchangeService.subject {
                    edit(&response, "invalid_request", "invalid_grant")
                }
            }
        ),
        (
            "EXC-04",
            { form, response in
                if form["subject_token_type"] == nil { edit(&response, "invalid_request", "invalid_grant") }
            }
        ),
        (
            "EXC-05",
            { form, response in
                guard (form["actor_token"] == nil) != (form["actor_token_type"] == nil) else { return }
                response = EndpointService.json(200, token)
            }
        ),
        ("EXC-06", { _, response in edit(&response, "invalid_target", "invalid_scope") }),
    ]

    @Test("each flaw breaks its rule", arguments: 0..<flaws.count)
    func flaw(_ index: Int) async throws {
        let (rule, edit) = Self.flaws[index]
        let check = try #require(TokenRuleCheck.all.first { $0.id == rule })
        let verdict = check.judge(try await Self.evidence(edit))
        guard case .broken = verdict else {
            Issue.record("\(rule) is not broken: \(verdict)")
            return
        }
    }

    @Test("a token for a made-up one is a hole")
    func hole() async throws {
        let evidence = try await Self.evidence { form, response in
            guard let token = form["subject_token"], token != ExchangeService.subject else { return }
            response = EndpointService.json(200, Self.token)
        }
        let check = try #require(TokenRuleCheck.all.first { $0.id == "EXC-03" })
        guard case .letIn = check.judge(evidence) else {
            Issue.record("EXC-03: \(check.judge(evidence))")
            return
        }
    }
}
