import Contract
import HTTP
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

@Suite("Probes derived from one good request")
struct ResourceProbeTests {
    private static let path = "/v1/orders/7"
    private static let fake = "usher-invalid-credential-"
    private static let alteredKey = "k3y-ABCDEFHHijklmnop"

    /// Placement, probe, what is sent.
    static let derivations: [(String, String, [String])] = [
        ("bearer", "N-01", ["GET \(path)?x=1"]),
        ("bearer", "N-02", ["GET \(path)?x=1 | Authorization: Bearer "]),
        ("bearer", "N-03", ["GET \(path)?x=1 | Authorization: Bearer"]),
        ("bearer", "N-04", ["GET \(path)?x=1 | Authorization: "]),
        (
            "bearer", "N-05",
            [
                "GET \(path)?x=1 | Authorization: Basic opaque-0123456789-ABCDEF",
                "GET \(path)?x=1 | Authorization: Usher opaque-0123456789-ABCDEF",
            ]
        ),
        ("bearer", "N-06", ["GET \(path)?x=1 | Authorization: opaque-0123456789-ABCDEF"]),
        ("bearer", "N-07", ["GET \(path)?x=1 | Authorization: Bearer usher-invalid-credential"]),
        ("bearer", "N-08", ["GET \(path)?x=1 | Authorization: Bearer opaque-012345678"]),
        ("bearer", "N-09", ["GET \(path)?x=1 | Authorization: Bearer opaque-0123466789-ABCDEF"]),
        ("bearer", "N-10", ["impossible: the token is no JWT"]),
        ("bearer", "N-20", ["impossible: no expired token of this identity is at hand"]),
        ("bearer", "N-23", ["impossible: no token of another issuer is at hand"]),
        ("bearer", "N-25", ["impossible: the identity has no refresh token"]),
        ("bearer", "N-26", ["GET \(path)?x=1&access_token=opaque-0123456789-ABCDEF"]),
        (
            "bearer", "N-27", ["GET \(path)?x=1 | access_token=opaque-0123456789-ABCDEF"]
        ),
        (
            "bearer", "N-28",
            [
                "GET \(path)?x=1&access_token=opaque-0123456789-ABCDEF | Authorization: Bearer opaque-0123456789-ABCDEF"
            ]
        ),
        (
            "bearer", "N-29",
            ["bearer", "BEARER", "bEaReR"].map { "GET \(path)?x=1 | Authorization: \($0) opaque-0123456789-ABCDEF" }
        ),
        ("bearer", "N-30", ["GET \(path)?x=1 | Authorization: Bearer   opaque-0123456789-ABCDEF"]),
        (
            "bearer", "N-31",
            [
                "GET \(path)?x=1 | Authorization: Bearer\topaque-0123456789-ABCDEF",
                "GET \(path)?x=1 | Authorization: Bearer opaque-0123456789-ABCDEF ",
            ]
        ),
        (
            "bearer", "N-32",
            [
                "GET \(path)?x=1 | Authorization: Bearer opaque-0123456789-ABCDEF | Authorization: Bearer usher-invalid-credential",
                "GET \(path)?x=1 | Authorization: Bearer usher-invalid-credential | Authorization: Bearer opaque-0123456789-ABCDEF",
            ]
        ),
        (
            "bearer", "N-33",
            [
                "GET \(path)?x=1 | Authorization: Bearer opaque-0123456789-ABCDEF, Bearer usher-invalid-credential"
            ]
        ),
        ("bearer", "N-34", ["GET \(path)?x=1 | Authorization: Bearer usher-invalié"]),
        ("bearer", "N-43", ["HEAD \(path)?x=1", "OPTIONS \(path)?x=1"]),
        (
            "bearer", "N-44",
            ["/\(path)", "\(path)/", "/%2e\(path)", "/V1/orders/7", "\(path);x"].map { "GET \($0)?x=1" }
        ),
        ("bearer", "N-46", ["impossible: the credential is bound to no key"]),
        ("bearer", "N-47", ["impossible: the identity has no client certificate"]),
        ("bearer", "N-48", ["impossible: the credential is no static key"]),
        ("bearer", "N-49", ["impossible: the credential has one part only"]),
        (
            "bearer", "N-51",
            Array(repeating: "GET \(path)?x=1 | Authorization: Bearer opaque-0123456789-ABCDEF", count: 3)
                + ["GET \(path)?x=1"]
        ),
        ("bearer", "N-52", ["impossible: the request carries no signature in a header field"]),
        ("bearer", "RES-21", ["impossible: the request has no JSON body"]),
        ("bearer", "RES-22", ["impossible: no part of its path is an id"]),
        ("bearer", "RES-35", ["TRACE \(path)?x=1"]),

        ("key", "N-01", ["GET \(path)?x=1"]),
        ("key", "N-02", ["impossible: no scheme word stands before the credential"]),
        ("key", "N-04", ["GET \(path)?x=1 | X-Key: "]),
        ("key", "N-05", ["impossible: no scheme word stands before the credential"]),
        ("key", "N-07", ["GET \(path)?x=1 | X-Key: usher-invalid-creden"]),
        ("key", "N-08", ["GET \(path)?x=1 | X-Key: k3y-ABCDEFGH"]),
        ("key", "N-09", ["GET \(path)?x=1 | X-Key: \(alteredKey)"]),
        ("key", "N-20", ["impossible: the credential does not expire"]),
        ("key", "N-26", ["GET \(path)?x=1&X-Key=k3y-ABCDEFGHijklmnop"]),
        (
            "key", "N-48",
            [
                "GET \(path)?x=1 | X-Key: usher-invalid-creden", "GET \(path)?x=1 | X-Key: k3y-ABCDEF",
                "GET \(path)?x=1&X-Key=k3y-ABCDEFGHijklmnop",
            ]
        ),

        ("query", "N-01", ["GET \(path)?x=1"]), ("query", "N-04", ["GET \(path)?x=1&api_key="]),
        ("query", "N-07", ["GET \(path)?x=1&api_key=usher-invalid-creden"]),
        ("query", "N-09", ["GET \(path)?x=1&api_key=\(alteredKey)"]),
        ("query", "N-26", ["impossible: the credential stands in the URL anyway"]),

        ("cookie", "N-04", ["GET \(path)?x=1 | Cookie: sid="]),
        ("cookie", "N-07", ["GET \(path)?x=1 | Cookie: sid=usher-invalid-creden"]),
        ("cookie", "N-26", ["GET \(path)?x=1&sid=k3y-ABCDEFGHijklmnop"]),

        ("path", "N-01", ["GET \(path)?x=1"]),
        ("path", "N-04", ["impossible: the credential has no place of its own that could be empty"]),
        ("path", "N-07", ["GET /botusher-invalid-creden\(path)?x=1"]),
        ("path", "N-08", ["GET /botk3y-ABCDEFGH\(path)?x=1"]),

        ("body", "N-01", [#"POST \#(path)?x=1 | {"a":1}"#]),
        ("body", "N-04", [#"POST \#(path)?x=1 | {"a":1,"key":""}"#]),
        ("body", "N-09", [#"POST \#(path)?x=1 | {"a":1,"key":"\#(alteredKey)"}"#]),
        ("body", "RES-21", [#"POST \#(path)?x=1 | {"usher":"#]),

        ("basic", "N-01", ["GET \(path)?x=1"]), ("basic", "N-02", ["GET \(path)?x=1 | Authorization: Basic "]),
        (
            "basic", "N-05",
            [
                "GET \(path)?x=1 | Authorization: Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
                "GET \(path)?x=1 | Authorization: Usher QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
            ]
        ),
        // usher-inval:usher-inval, nobody's account; Aladdin:open tesame.
        ("basic", "N-07", ["GET \(path)?x=1 | Authorization: Basic dXNoZXItaW52YWw6dXNoZXItaW52YWw="]),
        ("basic", "N-08", ["impossible: a password is altered once (N-09), not cut as well"]),
        ("basic", "N-09", ["GET \(path)?x=1 | Authorization: Basic QWxhZGRpbjpvcGVuIHRlc2FtZQ=="]),
        ("basic", "N-26", ["impossible: a user name and password have no place in a URL"]),

        ("parameter", "N-06", [#"GET \#(path)?x=1 | Authorization: token="k3y-ABCDEFGHijklmnop""#]),
        ("parameter", "N-07", [#"GET \#(path)?x=1 | Authorization: Token token="usher-invalid-creden""#]),
        ("parameter", "N-09", [#"GET \#(path)?x=1 | Authorization: Token token="\#(alteredKey)""#]),

        // The tenant is no secret: it stays, except where nothing is sent.
        ("two", "N-01", ["GET \(path)?x=1"]),
        ("two", "N-04", ["GET \(path)?x=1 | X-App:  | X-Key:  | X-Tenant: north"]),
        (
            "two", "N-49",
            [
                "GET \(path)?x=1 | X-Key: k3y-ABCDEFGHijklmnop | X-Tenant: north",
                "GET \(path)?x=1 | X-App: app-1234567890 | X-Tenant: north",
            ]
        ),

        ("certificate", "N-01", ["GET \(path)?x=1"]),
        ("certificate", "N-07", ["impossible: nothing of the credential stands in the request"]),
        ("certificate", "N-47", ["impossible: the certificate is the whole credential"]),
        ("none", "N-01", ["impossible: the identity has no credential to leave out"]),
    ]

    @Test("Each placement is broken in its own way, byte for byte", arguments: derivations)
    func derivation(_ kind: String, _ id: String, _ expected: [String]) async throws {
        #expect(try await ProbeBench.apply(kind).wire(id) == expected)
    }

    private static let kinds = [
        "bearer", "jwt", "key", "query", "cookie", "path", "body", "basic", "parameter", "two", "hmac", "sigv4",
        "certificate", "none",
    ]

    @Test("The same credential yields the same requests each time", arguments: kinds.filter { $0 != "sigv4" })
    func deterministic(_ kind: String) async throws {
        let bench = try await ProbeBench.apply(kind)
        for probe in ResourceProbe.all { #expect(try bench.wire(probe.id) == bench.wire(probe.id), "\(probe.id)") }
    }

    @Test("What was done is told without a value of the credential, and what carries one is marked", arguments: kinds)
    func telling(_ kind: String) async throws {
        let bench = try await ProbeBench.apply(kind)
        let secrets = [
            ProbeBench.key, ProbeBench.opaque, ProbeBench.jwt, "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
            "expired-0123456789", "refresh-0123456789",
        ]
        for probe in ResourceProbe.all {
            let requests = try bench.requests(probe.id) {
                $0.expiredToken = Secret("expired-0123456789", label: "expired")
                $0.refreshToken = Secret("refresh-0123456789", label: "refresh")
                $0.idSegment = 2
            }
            for derived in requests {
                #expect(!derived.sent.isEmpty)
                for secret in secrets {
                    #expect(!derived.sent.contains(secret), "\(probe.id)")
                    let open = derived.request.headers.filter { !$0.isSensitive && $0.value.contains(secret) }
                    #expect(open.isEmpty, "\(probe.id)")
                    for pair in (derived.request.url.query ?? "").split(separator: "&") where pair.contains(secret) {
                        let name = String(pair.prefix { $0 != "=" })
                        #expect(derived.request.sensitiveQuery.contains(name), "\(probe.id)")
                    }
                    if case .bytes(let bytes) = derived.request.body, bytes.firstRange(of: Array(secret.utf8)) != nil {
                        #expect(derived.request.bodyIsSensitive, "\(probe.id)")
                    }
                }
            }
        }
    }

    @Test("Without credential means without the client certificate too", arguments: ["N-01", "N-43", "N-45", "N-44"])
    func certificate(_ id: String) async throws {
        let requests = try await ProbeBench.apply("certificate").requests(id)
        #expect(!requests.isEmpty)
        #expect(requests.allSatisfy { !$0.keepsCertificate })
    }

    @Test("Without TLS nothing of the credential is sent, and the port is the usual one")
    func plain() async throws {
        let request = try #require(try await ProbeBench.apply("bearer").requests("N-45").first).request
        #expect(request.url.text == "http://api.acme.test/v1/orders/7?x=1")
        #expect(request.headers.map(\.name) == ["Accept"])
    }

    @Test("An id in the path is replaced where one is known")
    func unknownID() async throws {
        let bench = try await ProbeBench.apply("bearer")
        #expect(try bench.wire("RES-22") { $0.idSegment = 2 } == ["GET /v1/orders/999999999999999999?x=1"])
    }

    @Test("Tokens of other kinds take the place of the token")
    func otherTokens() async throws {
        let bench = try await ProbeBench.apply("bearer")
        let expired = try bench.wire("N-20") { $0.expiredToken = Secret("old-token-1", label: "old") }
        let refresh = try bench.wire("N-25") { $0.refreshToken = Secret("refresh-1", label: "refresh") }
        #expect(expired == ["GET \(Self.path)?x=1 | Authorization: Bearer old-token-1"])
        #expect(refresh == ["GET \(Self.path)?x=1 | Authorization: Bearer refresh-1"])
        let foreign = ForeignToken.genuine(Secret("foreign-token-1", label: "foreign"), of: "partner")
        let sent = try bench.requests("N-23") { $0.foreignToken = foreign }
        #expect(
            sent.map { ProbeBench.line($0.request) } == ["GET \(Self.path)?x=1 | Authorization: Bearer foreign-token-1"]
        )
        #expect(sent.first?.sent == "with the token of partner, which another token service gave")
        let bound = try await ProbeBench.apply("dpop").wire("N-23") { $0.foreignToken = foreign }
        #expect(bound.first?.hasPrefix("impossible: each call is signed") == true)
    }

    @Test("Invented credentials are as long as they are said to be")
    func long() async throws {
        let requests = try await ProbeBench.apply("key").requests("N-35")
        #expect(requests.map { $0.request.headers["X-Key"]?.utf8.count } == [8 << 10, 64 << 10])
    }

    @Test("No two probes have the same id, and the dear ones come last")
    func registry() {
        #expect(Set(ResourceProbe.all.map(\.id)).count == ResourceProbe.all.count)
        #expect(ResourceProbe.all.first?.id == "N-01")
        #expect(ResourceProbe.all.suffix(3).allSatisfy { $0.safetyClass == 5 })
        #expect(ResourceProbe.all.dropLast(3).allSatisfy { $0.safetyClass <= 2 })
        for name in ProbeName.allCases { #expect(ResourceProbe.all.contains { $0.name == name }, "\(name)") }
    }

    @Test("The API's description is asked for without a credential")
    func description() async throws {
        let wire = try await ProbeBench.apply("bearer").wire("DIS-18")
        #expect(wire == ["GET /.well-known/oauth-protected-resource"], "\(wire)")
    }
}
