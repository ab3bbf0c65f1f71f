import HTTP
import Testing

@Suite("Challenges")
struct ChallengeTests {
    typealias P = Challenge.Parameter

    @Test("Several challenges in one field and in several fields are read in order")
    func several() {
        let found = Challenge.parse([#"Basic realm="a, b", Bearer realm="c", error="invalid_token""#, "Negotiate"])
        #expect(
            found == [
                Challenge("Basic", [P("realm", "a, b")]),
                Challenge("Bearer", [P("realm", "c"), P("error", "invalid_token")]),
                Challenge("Negotiate"),
            ])
    }

    @Test(
        "Challenges as servers send them",
        arguments: [
            (#"Bearer"#, [Challenge("Bearer")]),
            (#"bearer realm="x""#, [Challenge("bearer", [P("realm", "x")])]),
            (
                #"Basic realm="a",Bearer realm="b",error="c""#,
                [Challenge("Basic", [P("realm", "a")]), Challenge("Bearer", [P("realm", "b"), P("error", "c")])]
            ),
            ("Negotiate YIIB/+a==", [Challenge("Negotiate", token68: "YIIB/+a==")]),
            (
                "Negotiate, NTLM TlRM=, Basic realm=x",
                [Challenge("Negotiate"), Challenge("NTLM", token68: "TlRM="), Challenge("Basic", [P("realm", "x")])]
            ),
            (#"Basic realm="say \"hi\" \\ there""#, [Challenge("Basic", [P("realm", #"say "hi" \ there"#)])]),
            (#"Basic realm = "x" , charset = UTF-8"#, [Challenge("Basic", [P("realm", "x"), P("charset", "UTF-8")])]),
            (#"Bearer REALM="x""#, [Challenge("Bearer", [P("realm", "x")])]),
            (
                #"Digest realm="r", qop="auth,auth-int", nonce="n==", algorithm=MD5,opaque="""#,
                [
                    Challenge(
                        "Digest",
                        [
                            P("realm", "r"), P("qop", "auth,auth-int"), P("nonce", "n=="), P("algorithm", "MD5"),
                            P("opaque", ""),
                        ])
                ]
            ),
            (#",, Basic realm="x",,"#, [Challenge("Basic", [P("realm", "x")])]),
        ])
    func wellFormed(line: String, expected: [Challenge]) { #expect(Challenge.parse([line]) == expected) }

    @Test(
        "Malformed ones give what can be understood",
        arguments: [
            (
                "error=invalid_request,error_description=No token",
                [Challenge("", [P("error", "invalid_request"), P("error_description", "No token")])]
            ),
            (
                #"Bearer error_description="the "token" [x] is bad", error="e""#,
                [Challenge("Bearer", [P("error_description", #"the "token" [x] is bad"#), P("error", "e")])]
            ),
            (
                #"Bearer error_description="a "b", c", error="e""#,
                [Challenge("Bearer", [P("error_description", #"a "b", c"#), P("error", "e")])]
            ),
            ("Basic realm=caf\u{E9}", [Challenge("Basic", [P("realm", "caf\u{E9}")])]),
            ("Basic realm=\"caf\u{E9}\"", [Challenge("Basic", [P("realm", "caf\u{E9}")])]),
            (
                #"Basic realm="x", error="invalid_token", scope="a b""#,
                [Challenge("Basic", [P("realm", "x"), P("error", "invalid_token"), P("scope", "a b")])]
            ),
            (#"Bearer realm="a" error="b""#, [Challenge("Bearer", [P("realm", "a"), P("error", "b")])]),
            ("Bearer realm=a error=b", [Challenge("Bearer", [P("realm", "a"), P("error", "b")])]),
            (
                "Bearer error_description=The token expired, error=x",
                [Challenge("Bearer", [P("error_description", "The token expired"), P("error", "x")])]
            ),
            (#"Bearer realm="never ends, error=x"#, [Challenge("Bearer", [P("realm", "never ends, error=x")])]),
            (#"Bearer realm="ends in \"#, [Challenge("Bearer", [P("realm", #"ends in \"#)])]),
            ("Basic realm=", [Challenge("Basic", [P("realm", "")])]),
            ("Basic realm=,Bearer", [Challenge("Basic", [P("realm", "")]), Challenge("Bearer")]),
            ("Bearer: realm=x", [Challenge("Bearer", [P("realm", "x")])]),
            ("(nothing) at all", []),
            ("", []), (" , ,", []), ("\"", []), ("=", []), ("===,===", []),
        ])
    func malformed(line: String, expected: [Challenge]) { #expect(Challenge.parse([line]) == expected) }

    @Test("Names of schemes and parameters are compared without case")
    func names() throws {
        let challenge = try #require(Challenge.parse(["BEARER Error=x"]).first)
        #expect(challenge.isScheme("bearer"))
        #expect(challenge["ERROR"] == "x")
        #expect(challenge["realm"] == nil)
    }

    @Test("Any bytes are read to their end without a trap, in linear time")
    func anything() {
        var generator = Sequence(seed: 7)
        let alphabet = Array(#"aB=,"\ ;:/é[]("# + "\t")
        for length in 0..<400 {
            let line = String((0..<length).map { _ in alphabet[generator.next(alphabet.count)] })
            #expect(Challenge.parse([line]).count <= length)
        }
        let long = String(repeating: #"a="b " c" , "#, count: 50_000)
        #expect(!Challenge.parse([long]).isEmpty)
        #expect(Challenge.parse([String(repeating: "\"", count: 500_000)]).count <= 1)
    }

    /// Numbers that are the same in each run.
    private struct Sequence {
        private var state: UInt64
        init(seed: UInt64) { state = seed }

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }
}
