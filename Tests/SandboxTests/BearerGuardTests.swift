import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("The door of every API (RFC 6750)")
struct BearerGuardTests {
    /// Broken forms of a good token, and whether the challenge must name `invalid_token`.
    private static let broken: [(name: String, hasError: Bool, make: @Sendable (String) -> [(String, String)])] = [
        ("none", false, { _ in [] }),
        ("empty header", false, { _ in [("Authorization", "")] }),
        ("scheme only", false, { _ in [("Authorization", "Bearer")] }),
        ("scheme and blank", false, { _ in [("Authorization", "Bearer ")] }),
        ("bare", false, { [("Authorization", $0)] }),
        ("other scheme", false, { [("Authorization", "Basic \($0)")] }),
        ("invented scheme", false, { [("Authorization", "Pass \($0)")] }),
        ("garbage", true, { _ in [("Authorization", "Bearer usher-no-such-token")] }),
        ("cut", true, { [("Authorization", "Bearer \($0.dropLast(8))")] }),
        ("longer", true, { [("Authorization", "Bearer \($0)x")] }),
        ("two in one", true, { [("Authorization", "Bearer \($0), Bearer \($0)")] }),
        ("not ASCII", true, { [("Authorization", "Bearer \($0)é")] }),
        ("huge", true, { _ in [("Authorization", "Bearer " + String(repeating: "a", count: 65_536))] }),
    ]

    @Test("broken credentials are 401 with a challenge", arguments: Vendor.allCases, broken.indices)
    func refused(vendor: Vendor, place: Int) throws {
        let bench = Bench()
        let form = Self.broken[place]
        let headers = form.make(try bench.token(vendor.rawValue))
        let response = bench.send("GET", vendor.listURL, headers)
        #expect(response.status == 401, "\(form.name)")
        let challenge = try #require(response.headers["WWW-Authenticate"])
        #expect(challenge.hasPrefix("Bearer realm=\"\(vendor.rawValue)\""))
        #expect(challenge.contains("error=\"invalid_token\"") == form.hasError, "\(form.name)")
        let head = bench.send("HEAD", vendor.listURL, headers)
        #expect(head.status == 401 && head.body.isEmpty)
        #expect(head.headers["WWW-Authenticate"] == challenge)
    }

    @Test(
        "a token in the query is no credential, and beside the header a malformed request", arguments: Vendor.allCases)
    func query(vendor: Vendor) throws {
        let bench = Bench()
        let token = try bench.token(vendor.rawValue)
        #expect(bench.send("GET", vendor.listURL + "?access_token=\(token)").status == 401)
        let both = bench.send("GET", vendor.listURL + "?access_token=\(token)", [("Authorization", "Bearer \(token)")])
        #expect(both.status == 400)
        let twice = [("Authorization", "Bearer \(token)"), ("Authorization", "Bearer x")]
        #expect(bench.send("GET", vendor.listURL, twice).status == 400)
        #expect(bench.send("GET", vendor.listURL, twice.reversed()).status == 400)
    }

    @Test("the scheme's case and extra blanks do not matter", arguments: ["bearer", "BEARER", "Bearer ", "bEaReR   "])
    func scheme(word: String) throws {
        let bench = Bench()
        let header = [("Authorization", "\(word) \(try bench.token("clazar"))")]
        #expect(bench.send("GET", Vendor.clazar.listURL, header).status == 200)
    }

    @Test("opaque tokens end with their lifetime", arguments: [Vendor.zara4, .scalar, .clazar, .clarify])
    func expiry(vendor: Vendor) throws {
        let bench = Bench { $0.tokenLifetime = .seconds(30) }
        let header = [("Authorization", "Bearer \(try bench.token(vendor.rawValue))")]
        bench.clock.advance(29)
        #expect(bench.send("GET", vendor.listURL, header).status == 200)
        bench.clock.advance(1)
        let response = bench.send("GET", vendor.listURL, header)
        #expect(response.status == 401)
        #expect(response.headers["WWW-Authenticate"]?.contains("invalid_token") == true)
    }

    @Test("a vendor's token opens no other vendor", arguments: Vendor.allCases)
    func foreign(vendor: Vendor) throws {
        let bench = Bench()
        for other in Vendor.allCases where other != vendor {
            let header = [("Authorization", "Bearer \(try bench.token(other.rawValue))")]
            #expect(bench.send("GET", vendor.listURL, header).status == 401)
        }
    }

    @Test("the door comes before look-up, validation and method")
    func order() {
        let bench = Bench()
        #expect(bench.send("GET", Vendor.zarv.listURL + "/no-such-id").status == 401)
        #expect(bench.send("POST", Vendor.zarv.listURL, body: "{").status == 401)
        #expect(bench.send("LOCK", Vendor.zarv.listURL).status == 401)
        #expect(bench.send("OPTIONS", Vendor.zarv.listURL).status == 401)
    }
}
