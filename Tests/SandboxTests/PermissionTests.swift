import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("Scopes, roles and tenants")
struct PermissionTests {
    @Test(
        "a valid token that is not enough is 403 and the challenge names what is missing",
        arguments: [
            ("zara4-readonly", "GET", "https://api.zara4.com/v1/image/request", "image-processing"),
            ("zara4-readonly", "POST", "https://api.zara4.com/v1/image/request", "image-processing"),
            ("zarv-readonly", "POST", "https://api.zarv.com/v1/resource", "resource:write"),
            ("zarv-readonly", "GET", "https://api.zarv.com/v1/users", "user:read"),
            ("scalar-readonly", "POST", "https://trailer.api.eu1.scalar.zf.com/v1/assets", "assets.write"),
            ("scalar-other", "GET", "https://trailer.api.eu1.scalar.zf.com/v1/places", "places.read"),
            ("clazar-readonly", "POST", "https://api.clazar.io/private_offers/", "write"),
            ("clarify-readonly", "DELETE", "https://api.clarify.test/v1/items/c7qkp2vrm5f8t1s0a4g0", "admin:write"),
        ])
    func insufficient(identity: String, method: String, url: String, scope: String) throws {
        let response = try Bench().send(as: identity, method, url)
        #expect(response.status == 403)
        let challenge = try #require(response.headers["WWW-Authenticate"])
        #expect(challenge.contains("error=\"insufficient_scope\", scope=\"\(scope)\""))
    }

    @Test("a JSON-RPC method needs its own scope")
    func method() throws {
        let body = #"{"jsonrpc":"2.0","id":1,"method":"integration.insert","params":{}}"#
        #expect(
            try Bench().send(as: "clarify-readonly", "POST", "https://api.clarify.test/v1/rpc", body: body).status
                == 403)
    }

    @Test("a Zara 4 token carries the scopes asked for and no more")
    func usageOnly() throws {
        let bench = Bench()
        let header = [("Authorization", "Bearer \(try bench.token("zara4", scope: "usage"))")]
        #expect(bench.send("GET", "https://api.zara4.com/v1/usage", header).status == 200)
        #expect(bench.send("GET", "https://api.zara4.com/v1/image/request", header).status == 403)
    }

    @Test(
        "SCALAR's scopes add features to the audience's",
        arguments: [
            ("", 200, 403, 403), ("UMAPI", 200, 200, 403), ("PLAPI", 200, 403, 200), ("UMAPI,PLAPI", 200, 200, 200),
        ])
    func scopes(scope: String, assets: Int, users: Int, places: Int) throws {
        let bench = Bench()
        let header = [("Authorization", "Bearer \(try bench.token("scalar", scope: scope))")]
        let base = "https://trailer.api.eu1.scalar.zf.com/v1"
        #expect(bench.send("GET", base + "/assets", header).status == assets)
        #expect(bench.send("GET", base + "/users", header).status == users)
        #expect(bench.send("GET", base + "/places", header).status == places)
    }

    @Test(
        "SCALAR's audience decides, and must be known",
        arguments: [("API", 200, 200), ("PORTAL", 200, 403), ("MOON", 400, 401)])
    func audience(audience: String, token: Int, api: Int) {
        let bench = Bench()
        let login = bench.send(
            "POST", Vendor.scalar.tokenURL, [("Content-Type", "application/json")],
            body: #"{"clientId":"5ca1ab1e-0000-4000-8000-00000000ac3e","#
                + #""clientSecret":"demo-scalar-secret-acme-not-real","audience":"\#(audience)","scope":["UMAPI"]}"#)
        #expect(login.status == token)
        let value = login.json.object?["accessToken"]?.string ?? "none"
        #expect(bench.send("GET", Vendor.scalar.listURL, [("Authorization", "Bearer \(value)")]).status == api)
    }

    @Test("both spellings of SCALAR's token path work; a scope that is no list does not")
    func spellings() {
        let body =
            #"{"clientId":"5ca1ab1e-0000-4000-8000-00000000ac3e","clientSecret":"demo-scalar-secret-acme-not-real","audience":"API""#
        let type = [("Content-Type", "application/json")]
        #expect(Bench().send("POST", Vendor.scalar.tokenURL + "/", type, body: body + "}").status == 200)
        #expect(Bench().send("POST", Vendor.scalar.tokenURL, type, body: body + #","scope":"UMAPI"}"#).status == 400)
        #expect(Bench().send("POST", Vendor.scalar.tokenURL, type, body: body + #","scope":["XXAPI"]}"#).status == 400)
    }

    @Test(
        "another tenant's object and one that never was look alike",
        arguments: [
            ("zara4-other", "https://api.zara4.com/v1/image/request/", "0d6f6f5e-8c1b-4a5e-9b7c-1f2e3d4c5b6a"),
            ("zara4-test", "https://api.zara4.com/v1/image/request/", "0d6f6f5e-8c1b-4a5e-9b7c-1f2e3d4c5b6a"),
            ("zarv-other", "https://api.zarv.com/v1/resource/", "6b1f0a52-3d3c-4c57-9a30-5a7f6e2d1c01"),
            (
                "scalar-other", "https://trailer.api.eu1.scalar.zf.com/v1/assets/",
                "3f8b2c1d-90a1-4e57-b6c4-11d2e3f4a501"
            ),
            ("clazar-other", "https://api.clazar.io/contracts/", "d0c1b2a3-9485-4766-9758-493a2b1c0d01"),
            ("clarify-other", "https://api.clarify.test/v1/items/", "c7qkp2vrm5f8t1s0a4g0"),
        ])
    func foreign(identity: String, base: String, id: String) throws {
        let bench = Bench()
        let end = base.contains("clazar") ? "/" : ""
        let owner = String(identity.split(separator: "-")[0])
        #expect(try bench.send(as: owner, "GET", base + id + end).status == 200)
        let foreign = try bench.send(as: identity, "GET", base + id + end)
        let unknown = try bench.send(as: identity, "GET", base + "no-such-object" + end)
        #expect(foreign.status == 404)
        #expect(foreign.body == unknown.body && foreign.headers == unknown.headers)
    }

    @Test("lists hold the caller's own objects only", arguments: Vendor.allCases)
    func lists(vendor: Vendor) throws {
        let bench = Bench()
        let mine = try bench.send(as: vendor.rawValue, "GET", vendor.listURL).text
        let theirs = try bench.send(as: vendor.rawValue + "-other", "GET", vendor.listURL).text
        #expect(mine != theirs)
    }

    @Test("test submissions do not move the quota, live ones do; the usage says so")
    func quota() throws {
        let bench = Bench()
        func used(_ identity: String) throws -> Int? {
            try bench.send(as: identity, "GET", "https://api.zara4.com/v1/usage").json.object?["requests"]?.number?.int
        }
        let body = #"{"url":"https://images.acme.test/a.png"}"#
        #expect(try used("zara4") == 41)
        #expect(try bench.send(as: "zara4-test", "POST", Vendor.zara4.listURL, body: body).status == 201)
        #expect(try used("zara4") == 41)
        #expect(try used("zara4-test") == 0)
        #expect(try bench.send(as: "zara4", "POST", Vendor.zara4.listURL, body: body).status == 201)
        #expect(try used("zara4") == 42)
    }
}
