import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("Zarv's token pairs")
struct ZarvTokenTests {
    private let bench = Bench()

    private func pair() throws -> (access: String, refresh: String) {
        try Self.pair(bench.login("zarv"))
    }

    private static func pair(_ response: SandboxResponse) throws -> (access: String, refresh: String) {
        let object = try #require(response.json.object)
        return (try #require(object["accessToken"]?.string), try #require(object["refreshToken"]?.string))
    }

    private func refresh(_ token: String) -> SandboxResponse {
        bench.send(
            "POST", Vendor.zarv.tokenURL + "/refresh", [("Content-Type", "application/json")],
            body: #"{"refreshToken":"\#(token)"}"#)
    }

    private func status(_ token: String) -> Int {
        bench.send("GET", Vendor.zarv.listURL, [("Authorization", "Bearer \(token)")]).status
    }

    private func claims(_ token: String) throws -> JSONObject {
        let bytes = try #require(Base64URL.decode(token.split(separator: ".")[1]))
        return try #require(try JSONDocument.parse(bytes).root.value.object)
    }

    @Test("both are HS256 JWTs with the header of the samples, told apart by a claim")
    func form() throws {
        let (access, refresh) = try pair()
        #expect(access.hasPrefix("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."))
        #expect(refresh.hasPrefix("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."))
        let claims = try (claims(access), claims(refresh))
        #expect(claims.0["typ"] == "access" && claims.1["typ"] == "refresh")
        #expect(
            claims.0["sub"] == "zarv" && claims.0["scope"] == "resource:read resource:write user:read"
                && claims.0["tenant"] == "acme" && claims.0["role"] == "admin")
        let issued = try #require(claims.0["iat"]?.number?.int)
        #expect(claims.0["exp"]?.number?.int == issued + 360)
        #expect(claims.1["exp"]?.number?.int == issued + 1_800)
    }

    @Test("an access token is refused from the second of its end on")
    func expiry() throws {
        let token = try pair().access
        bench.clock.advance(359)
        #expect(status(token) == 200)
        bench.clock.advance(1)
        #expect(status(token) == 401)
    }

    @Test("a refresh gives a new pair; the old refresh token stays good, several times")
    func sliding() throws {
        let first = try pair()
        let second = try Self.pair(refresh(first.refresh))
        #expect(second.access != first.access && second.refresh != first.refresh)
        #expect(status(second.access) == 200 && status(first.access) == 200)
        #expect(refresh(first.refresh).status == 200)
        #expect(refresh(second.refresh).status == 200)
    }

    @Test("an expired, altered or access token does not refresh; a new login does")
    func badRefresh() throws {
        let (access, token) = try pair()
        for bad in [access, token + "x", String(token.dropLast(8)), "garbage"] {
            let response = refresh(bad)
            #expect(response.status == 401)
            #expect(response.headers.contains(name: "WWW-Authenticate"))
        }
        bench.clock.advance(1_800)
        #expect(refresh(token).status == 401)
        #expect(try bench.login("zarv").status == 200)
    }

    @Test("a refresh token opens nothing")
    func refreshAsAccess() throws {
        #expect(status(try pair().refresh) == 401)
    }

    @Test("unsigned, re-signed and tampered tokens are refused, and one whose spare bits were changed")
    func forged() throws {
        let parts = try pair().access.split(separator: ".").map(String.init)
        var claims = try claims(parts.joined(separator: "."))
        claims["role"] = "admin"
        claims["tenant"] = "globex"
        let payload = Base64URL.encode(Array(JSONValue.object(claims).text().utf8))
        var forged = ["none", "None", "NONE", "nOnE"].map { algorithm in
            Base64URL.encode(Array(#"{"alg":"\#(algorithm)","typ":"JWT"}"#.utf8)) + "." + parts[1] + "."
        }
        forged += [
            "\(parts[0]).\(payload).\(parts[2])", "\(parts[0]).\(parts[1]).", "\(parts[0]).\(parts[1])",
            "\(parts[0]).\(parts[1]).\(parts[2])=", JWTSigner().sign(claims),
        ]
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let last = try #require(parts[2].last.flatMap { alphabet.firstIndex(of: $0) })
        forged.append("\(parts[0]).\(parts[1]).\(parts[2].dropLast())\(alphabet[last ^ 1])")
        for token in forged { #expect(status(token) == 401, "\(token.suffix(12))") }
        #expect(status(parts.joined(separator: ".")) == 200)
    }
}
