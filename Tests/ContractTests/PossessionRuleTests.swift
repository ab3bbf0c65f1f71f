import Contract
import HTTP
import Secrets
import Testing
import Tokens

/// What is made of the answers of a token service to proofs and to the lack of a certificate.
@Suite("Rules about proofs at the token service")
struct PossessionRuleTests {
    private static func error(_ status: Int, _ code: String, _ more: [HeaderField] = []) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: HeaderFields([HeaderField("Content-Type", "application/json")] + more),
            body: Array(#"{"error":"\#(code)"}"#.utf8))
    }

    private static let granted = HTTPResponse(
        status: 200, headers: [HeaderField("Content-Type", "application/json")],
        body: Array(#"{"access_token":"\#(ProbeBench.opaque)","token_type":"DPoP"}"#.utf8))
    private static let nonce = [HeaderField("DPoP-Nonce", "n1")]

    static let answers: [(String, HTTPResponse, String)] = [
        ("POP-06", error(400, "invalid_dpop_proof"), "kept"), ("POP-06", error(401, "invalid_dpop_proof"), "broken"),
        ("POP-06", error(400, "invalid_request"), "broken"), ("POP-06", granted, "broken"),
        ("POP-06", error(400, "use_dpop_nonce", nonce), "noVerdict"),
        ("POP-07", error(400, "use_dpop_nonce", nonce), "kept"), ("POP-07", error(400, "use_dpop_nonce"), "broken"),
        ("POP-07", error(401, "use_dpop_nonce", nonce), "broken"),
        ("POP-07", error(400, "invalid_dpop_proof", nonce), "broken"), ("POP-07", granted, "notTestable"),
        ("POP-11", error(401, "invalid_client"), "kept"), ("POP-11", error(400, "invalid_grant"), "broken"),
        ("POP-11", HTTPResponse(status: 403), "kept"), ("POP-11", granted, "letIn"),
    ]

    @Test("each answer has its verdict", arguments: answers.indices)
    func answered(_ index: Int) async throws {
        let (id, response, expected) = Self.answers[index]
        #expect(try await Self.verdict(id, .success(response)) == expected, "\(id) \(response.status)")
    }

    @Test(
        "a connection that is not made is a refusal of the client, and a timeout is no answer",
        arguments: [
            (TransportError.Kind.tls, "kept"), (.receive, "kept"), (.timeout, "noVerdict"), (.connect, "noVerdict"),
        ])
    func unconnected(_ kind: TransportError.Kind, _ expected: String) async throws {
        #expect(try await Self.verdict("POP-11", .failure(TransportError(kind, "it ended"))) == expected)
    }

    @Test("what was not sent has no verdict, with the reason")
    func unsent() async throws {
        for id in ["POP-06", "POP-07", "POP-11"] { #expect(try await Self.verdict(id, nil) == "notTestable") }
    }

    private static func verdict(_ id: String, _ answer: Result<HTTPResponse, TransportError>?) async throws -> String {
        let identity = try await ProbeBench.apply("dpop").material.identity
        var evidence = TokenEvidence(identity: identity, rules: try #require(identity.rules))
        let request = HTTPRequest(.post, try HTTPURL(parsing: "https://auth.acme.test/t"))
        if let answer { evidence.exchanges[id] = [ProbeExchange(sent: "a probe", request: request, answer: answer)] }
        let check = try #require(TokenRuleCheck.all.first { $0.id == id })
        switch check.judge(evidence) {
        case .kept: return "kept"
        case .broken: return "broken"
        case .letIn: return "letIn"
        case .observed: return "observed"
        case .notTestable: return "notTestable"
        case .noVerdict: return "noVerdict"
        }
    }
}
