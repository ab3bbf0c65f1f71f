import Contract
import HTTP
import JSON
import Secrets
import Testing
import Tokens

@Suite("Probes of proofs of possession")
struct ProofProbeTests {
    private struct Proof {
        let key: String
        let claims: JSONObject

        init(_ text: String) throws {
            let parts = text.split(separator: ".")
            try #require(parts.count == 3)
            func object(_ part: Substring) throws -> JSONNode {
                try JSONDocument.parse(try #require(Base64.decode(part))).root
            }
            key = try #require(try object(parts[0])["jwk"]?.rawText)
            claims = try #require(try object(parts[1]).value.object)
        }
    }

    private static func proofs(_ request: HTTPRequest) throws -> [Proof] {
        try request.headers.values("DPoP").map { try Proof($0) }
    }

    @Test("Each wrong proof is wrong in one thing, and by the key of the token but for one")
    func wrong() async throws {
        let bench = try await ProbeBench.apply("dpop")
        var control = bench.material.request
        try bench.material.credential.apply(to: &control)
        let good = try #require(try Self.proofs(control).first)
        let sent = try bench.requests("POP-04")
        #expect(sent.map(\.sent).prefix(5) == ProofFault.misuse.map(\.phrase)[...])
        let wrongIn = ["htm", "htu", "iat", "ath", "jwk"]
        for (request, name) in zip(sent, wrongIn) {
            #expect(request.request.headers["Authorization"] == "DPoP \(ProbeBench.opaque)")
            let proofs = try Self.proofs(request.request)
            let proof = try #require(proofs.first)
            #expect(proofs.count == 1)
            var differs = ["htm", "htu", "ath"].filter { proof.claims[$0] != good.claims[$0] }
            let age = (good.claims["iat"]?.number?.int ?? 0) - (proof.claims["iat"]?.number?.int ?? 0)
            if age > 3600 { differs.append("iat") }
            if proof.key != good.key { differs.append("jwk") }
            #expect(differs == [name])
        }
        #expect(sent.count == 7 && sent[5].request.headers["DPoP"] == sent[6].request.headers["DPoP"])
        #expect(try Self.proofs(sent[5].request).first?.claims["htu"] == good.claims["htu"])
    }

    @Test("Without a proof, as a bearer token, and with two proofs")
    func others() async throws {
        let bench = try await ProbeBench.apply("dpop")
        let authorization = "Authorization: DPoP \(ProbeBench.opaque)"
        #expect(try bench.wire("POP-03") == ["GET /v1/orders/7?x=1 | \(authorization)"])
        #expect(try bench.wire("N-46") == ["GET /v1/orders/7?x=1 | Authorization: Bearer \(ProbeBench.opaque)"])
        let two = try #require(try bench.requests("POP-05").first)
        let ids = try Self.proofs(two.request).map { $0.claims["jti"]?.string }
        #expect(ids.count == 2 && ids[0] != ids[1])
        for id in ["POP-03", "POP-04", "POP-05"] {
            #expect(
                try await ProbeBench.apply("bearer").wire(id) == ["impossible: the credential is bound to no key"])
        }
    }

    @Test("The pack is claimed where a key is proved, and the rules of bearer tokens and keys are not")
    func packs() async throws {
        let bench = try await ProbeBench.apply("dpop")
        let claims = PackClaims(bench.material.identity, bench.material.credential)
        #expect(claims.claimed.contains(.pop) && claims.claimed.isDisjoint(with: [.bearer, .key]))
        let plain = try await ProbeBench.apply("bearer")
        #expect(!PackClaims(plain.material.identity, plain.material.credential).applicable.contains(.pop))
    }

    @Test(
        "The token answer must say that the token is bound, and to which key",
        arguments: [
            ("DPoP", "own", "kept", "kept"), ("dpop", "other", "kept", "broken"),
            ("Bearer", "none", "broken", "broken"),
            ("DPoP", "opaque", "kept", "notTestable"),
        ])
    func bound(_ type: String, _ key: String, _ first: String, _ second: String) async throws {
        let identity = try await ProbeBench.apply("dpop").material.identity
        let thumbprint = try #require(identity.proof?.thumbprint)
        let token =
            switch key {
            case "own": ProbeBench.jwt(#"{"alg":"HS256"}"#, #"{"cnf":{"jkt":"\#(thumbprint)"}}"#, key: "k")
            case "other": ProbeBench.jwt(#"{"alg":"HS256"}"#, #"{"cnf":{"jkt":"abc"}}"#, key: "k")
            case "none": ProbeBench.jwt(#"{"alg":"HS256"}"#, "{}", key: "k")
            default: ProbeBench.opaque
            }
        let body = #"{"access_token":"\#(token)","token_type":"\#(type)"}"#
        let response = HTTPResponse(
            status: 200, headers: [HeaderField("Content-Type", "application/json")], body: Array(body.utf8))
        let request = HTTPRequest(.post, try HTTPURL(parsing: "https://auth.acme.test/t"))
        var evidence = TokenEvidence(identity: identity, rules: try #require(identity.rules))
        evidence.logins = [
            TokenEvidence.Grant(
                exchange: ProbeExchange(
                    sent: "the ordinary token request", request: request, answer: .success(response)),
                answer: TokenAnswer(of: response, for: identity))
        ]
        for (id, expected) in [("POP-01", first), ("POP-02", second)] {
            let check = try #require(TokenRuleCheck.all.first { $0.id == id })
            let found =
                switch check.judge(evidence) {
                case .kept: "kept"
                case .broken: "broken"
                case .notTestable: "notTestable"
                default: "else"
                }
            #expect(found == expected, "\(id) \(type) \(key)")
        }
    }
}
