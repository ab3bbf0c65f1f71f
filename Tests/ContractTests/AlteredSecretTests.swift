import Contract
import HTTP
import Providers
import Testing

/// Which part of a login stands for its credential.
@Suite("Whose secret is altered")
struct AlteredSecretTests {
    @Test("the client's, where a user's password or a signed grant stands in the request too")
    func client() async throws {
        let password = EndpointProbing(
            auth: #""clientAuth": { "method": "basic" }"#, grant: "password",
            secrets: ["username": "ada@acme.test", "password": "pa55word-0123456789"])
        let bearer = EndpointProbing(
            auth:
                #""clientAuth": { "method": "basic" }, "assertion": { "alg": "HS256", "key": "{{secret.clientSecret}}" }"#,
            grant: "jwt_bearer", secret: AssertionService.key)
        for probing in [password, bearer] {
            let evidence = try await probing.run { _ in
                EndpointService.json(200, #"{"access_token":"t-0123456789abcdefghijkl","token_type":"Bearer"}"#)
            }.evidence
            let wrong = try #require(evidence.exchanges["T-01"]?.first?.request)
            let login = try #require(evidence.probed?.exchange.request)
            #expect(wrong.headers["Authorization"] != login.headers["Authorization"], "\(probing.grant)")
            let password = { (request: HTTPRequest) in EndpointService.pairs(request).first { $0.0 == "password" }?.1 }
            #expect(password(wrong) == password(login))
        }
    }

    @Test("the variant's way of showing the client is the one that probes follow")
    func variant() async throws {
        let probing = EndpointProbing(
            auth: #""clientAuth": { "method": "body" }"#, variant: #"{ "method": "basic", "encoding": "form" }"#)
        let service = EndpointService()
        let evidence = try await probing.run { service.answer($0) }.evidence
        #expect(evidence.exchanges["T-13"]?.map(\.sent) == ["the client's secret in Basic and in the body"])
        let basic = try #require(TokenRuleCheck.all.first { $0.id == "TOK-05" })
        guard case .kept = basic.judge(evidence) else {
            Issue.record("TOK-05: \(basic.judge(evidence))")
            return
        }
    }
}
