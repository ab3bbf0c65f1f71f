import Testing

@testable import Contract

@Suite("The grammar of challenges")
struct ChallengeGrammarTests {
    static let good = [
        "Bearer", "Negotiate", "Negotiate a87421000492aa874209af8bc028==", "NTLM TlRMTVNTUAA=",
        #"Basic realm="a b, c""#,
        #"Bearer realm="a", error="invalid_token", scope=x"#, #"Basic realm="a" , Bearer error="b""#,
        #"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple""#, "Bearer, Basic realm=\"x\"",
        #", Bearer realm="a",, Digest nonce="b","#, #"DPoP algs="ES256 PS256""#, "Bearer a=b",
    ]

    @Test("What RFC 9110 allows has no fault", arguments: good)
    func allowed(_ line: String) { #expect(ChallengeGrammar.objection(to: line) == nil) }

    static let bad: [(String, String?)] = [
        ("", "it is empty"), (" , ", "it is empty"), (#"realm="a""#, "a parameter before any scheme"),
        (#"Bearer realm="a"#, "a quote that does not end"),
        (#"Bearer realm="a" error="b""#, "no comma between two parameters"),
        (#"Bearer realm="a", error="#, "a parameter without a value"),
        (#""Bearer""#, "a character where a scheme or a parameter should be"),
        (#"Bearer:realm="a""#, "no blank behind the scheme"),
        (#"Bearer error=bad token"#, "no comma between two parameters"),
    ]

    @Test("What it does not allow is named", arguments: bad)
    func refused(_ line: String, _ fault: String?) { #expect(ChallengeGrammar.objection(to: line) == fault) }

    static let realms = [
        (#"Bearer realm="a""#, false), ("Bearer realm=a", true), (#"Bearer error="x", realm=a"#, true),
        (#"Bearer xrealm=a, realm="b""#, false), ("Bearer", false),
    ]

    @Test("A realm stands in quotes", arguments: realms)
    func realm(_ line: String, _ isBare: Bool) { #expect((ChallengeGrammar.bareRealm(in: line) != nil) == isBare) }
}
