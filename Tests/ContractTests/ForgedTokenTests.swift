import Contract
import HTTP
import JSON
import Providers
import Secrets
import Testing
import Tokens

@Suite("Tokens that are forged for probes")
struct ForgedTokenTests {
    private static func tokens(
        _ id: String, _ token: String = ProbeBench.jwt, keys: [String] = []
    ) async throws -> [String] {
        try await ProbeBench.bearer(token).requests(id) { $0.publicKeys = keys }.map {
            String(($0.request.headers["Authorization"] ?? "").dropFirst("Bearer ".count))
        }
    }

    private static func parts(_ token: String) throws -> (header: JSONValue, claims: JSONValue, signature: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        func value(_ part: Substring) throws -> JSONValue {
            try JSONDocument.parse(try #require(Base64.decode(part))).root.value
        }
        return (try value(parts[0]), try value(parts[1]), parts.count > 2 ? String(parts[2]) : "")
    }

    private static let own = ProbeBench.jwt.split(separator: ".").map(String.init)

    @Test("Another scope, the header and signature to the byte as they were")
    func tampered() async throws {
        let token = try #require(try await Self.tokens("N-10").first)
        let pieces = token.split(separator: ".").map(String.init)
        #expect(pieces[0] == Self.own[0] && pieces[2] == Self.own[2])
        #expect(try Self.parts(token).claims == ["sub": "u1", "scope": "read admin"])
    }

    static let claims: [(String, JSONValue)] = [
        (#"{"scp":["a"]}"#, ["scp": ["a", "admin"]]), (#"{"role":"user"}"#, ["role": "admin"]),
        (#"{"sub":"u1"}"#, ["sub": "usher-somebody-else"]), (#"{}"#, ["sub": "usher-somebody-else"]),
    ]

    @Test("The claim that gives rights is the one that is raised", arguments: claims)
    func raised(_ claims: String, _ expected: JSONValue) async throws {
        let token = ProbeBench.jwt(#"{"alg":"HS256"}"#, claims, key: "unguessable-0123456789")
        #expect(try Self.parts(try #require(try await Self.tokens("N-10", token).first)).claims == expected)
    }

    @Test("One byte of the signature differs, whatever its last character decodes to")
    func signature() async throws {
        let token = try #require(try await Self.tokens("N-11").first)
        let before = try #require(Base64.decode(Self.own[2]))
        let after = try #require(Base64.decode(try Self.parts(token).signature))
        #expect(zip(before, after).filter { $0 != $1 }.count == 1 && before.count == after.count)
        #expect(token.hasPrefix(Self.own[0] + "." + Self.own[1] + "."))
    }

    @Test("Without signature, with the last dot and without")
    func unsigned() async throws {
        let rest = Self.own[0] + "." + Self.own[1]
        #expect(try await Self.tokens("N-12") == [rest + ".", rest])
    }

    @Test("alg none in four casings, and no signature")
    func none() async throws {
        let tokens = try await Self.tokens("N-13")
        let words = try tokens.map { try Self.parts($0).header.object?["alg"]?.string }
        #expect(words == ["none", "None", "NONE", "nOnE"])
        #expect(tokens.allSatisfy { $0.hasSuffix("." + Self.own[1] + ".") })
    }

    @Test("Key confusion needs a public key, and signs with its text")
    func confusion() async throws {
        let token = ProbeBench.jwt(#"{"alg":"RS256","kid":"1"}"#, #"{"sub":"u1"}"#, key: "stands for RSA")
        let key = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"
        let forged = try #require(try await Self.tokens("N-14", token, keys: [key]).first)
        let end = try #require(forged.lastIndex(of: "."))
        let code = KeyedHash.code(Array(forged[..<end].utf8), key: Array(key.utf8), .sha256)
        let parts = try Self.parts(forged)
        #expect(parts.header == ["alg": "HS256", "kid": "1"])
        #expect(Base64.decode(parts.signature) == code)
        #expect(
            try await ProbeBench.bearer(token).wire("N-14")
                == ["impossible: the public key of the token's issuer is not known"])
        #expect(
            try await ProbeBench.bearer(ProbeBench.jwt).wire("N-14")
                == ["impossible: no public key belongs to the token's algorithm"])
    }

    @Test("The key in the header verifies the signature")
    func ownKey() async throws {
        let token = try #require(try await Self.tokens("N-15").first)
        let parts = try Self.parts(token)
        let key = try #require(parts.header.object?["jwk"]?.object)
        #expect(key["kty"] == "EC" && key["crv"] == "P-256" && key["d"] == nil)
        #expect(parts.header.object?["alg"] == "ES256")
        #expect(Base64.decode(parts.signature)?.count == 64)
        #expect(parts.claims == ["sub": "u1", "scope": "read"])
    }

    @Test("Links to keys go to a host that cannot exist")
    func linked() async throws {
        let headers = try await Self.tokens("N-16").map { try Self.parts($0).header.object }
        #expect(headers.map { $0?["jku"]?.string } == ["https://keys.usher.invalid/keys.json", nil])
        #expect(headers.map { $0?["x5u"]?.string } == [nil, "https://keys.usher.invalid/keys.json"])
    }

    @Test("A key's name as a path signs with nothing, as a query with what the query yields")
    func injected() async throws {
        let tokens = try await Self.tokens("N-17")
        for (token, key) in zip(tokens, ["", "usher"]) {
            let end = try #require(token.lastIndex(of: "."))
            let code = KeyedHash.code(Array(token[..<end].utf8), key: Array(key.utf8), .sha256)
            #expect(Base64.decode(try Self.parts(token).signature) == code)
        }
        #expect(tokens.count == 2)
    }

    @Test("A key out of a tutorial is found without a request, and proved by a token that verifies")
    func weak() async throws {
        let token = try #require(try await Self.tokens("N-18").first)
        let end = try #require(token.lastIndex(of: "."))
        let code = KeyedHash.code(Array(token[..<end].utf8), key: Array("secret".utf8), .sha256)
        #expect(Base64.decode(try Self.parts(token).signature) == code)
        let strong = ProbeBench.jwt(#"{"alg":"HS256"}"#, #"{"sub":"u1"}"#, key: "unguessable-0123456789")
        #expect(try await ProbeBench.bearer(strong).wire("N-18").first?.hasPrefix("impossible: none of ") == true)
    }

    @Test("An extension nobody knows, under the old signature")
    func critical() async throws {
        let parts = try Self.parts(try #require(try await Self.tokens("N-19").first))
        #expect(parts.header == ["alg": "HS256", "typ": "JWT", "crit": ["usher"], "usher": true])
        #expect(parts.signature == Self.own[2])
    }

    @Test("A JWT is altered in its signature, not anywhere")
    func notTwice() async throws {
        #expect(
            try await ProbeBench.apply("jwt").wire("N-09")
                == ["impossible: the token is a JWT, whose signature is altered instead (N-11)"])
    }

    @Test("Signed requests are altered in their signature, and after it", arguments: ["hmac", "sigv4"])
    func signed(_ kind: String) async throws {
        let bench = try await ProbeBench.apply(kind)
        let name = kind == "hmac" ? "X-Signature" : "Authorization"
        var good = bench.material.request
        try bench.material.credential.apply(to: &good)
        let altered = try bench.requests("N-52")
        #expect(altered.count == (kind == "hmac" ? 1 : 2))
        let (before, after) = (try #require(good.headers[name]), try #require(altered[0].request.headers[name]))
        #expect(before.count == after.count && zip(before, after).filter { $0 != $1 }.count >= 1)
        if kind == "sigv4" { #expect(altered[1].request.url.query == "x=1&usher=1") }
        #expect(try bench.wire("N-01") == ["GET /v1/orders/7?x=1"])
        #expect(try bench.wire("N-04").first?.contains("\(name): ") == true)
        #expect(try bench.requests("N-07").first?.request.headers[name]?.contains("usher-invalid") == true)
    }
}
