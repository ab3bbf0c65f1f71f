import JSON
import Testing

@testable import Sandbox

@Suite("A client that is locked after failed logins")
struct LoginLockTests {
    private static let wrong = "demo-but-wrong-secret"

    @Test("its right secret is refused too, and says why", arguments: Vendor.allCases)
    func locks(vendor: Vendor) throws {
        let bench = Bench { $0.lockAfter = 3 }
        for _ in 1...3 { #expect(try bench.login(vendor.rawValue, secret: Self.wrong).status == 401) }
        let refused = try bench.login(vendor.rawValue)
        #expect(refused.status == (vendor.tokenType == "application/json" ? 423 : 401))
        #expect(refused.text.contains("locked"))
        #expect(try bench.login("\(vendor.rawValue)-other").status == 200)
        let name = try #require(DemoCredential.all.first { $0.vendor == vendor }).name
        let count = try #require(bench.sandbox.log.count(vendor).tokens[name])
        #expect(count.failedLogins == 3 && count.locked)
        let stats = bench.send("GET", "http://localhost/_sandbox/stats").json
        let client = stats.object?["providers"]?.object?[vendor.rawValue]?.object?["tokenClients"]?.object?[name]?
            .object
        #expect(client?["failedLogins"] == 3 && client?["locked"] == true)
    }

    @Test("a right login in between starts the count anew; without the option nobody is locked")
    func counts() throws {
        let bench = Bench { $0.lockAfter = 2 }
        for _ in 1...4 {
            _ = try bench.login("zarv", secret: Self.wrong)
            #expect(try bench.login("zarv").status == 200)
        }
        let open = Bench()
        for _ in 1...20 { _ = try open.login("zarv", secret: Self.wrong) }
        #expect(try open.login("zarv").status == 200)
        #expect(open.sandbox.log.count(.zarv).tokens["admin@acme.test"]?.failedLogins == 20)
        #expect(open.sandbox.log.count(.zarv).tokens["admin@acme.test"]?.locked == false)
    }

    @Test("unknown names and blocked users are no failed logins of anybody")
    func unknown() throws {
        let bench = Bench { $0.lockAfter = 1 }
        _ = try bench.login("zarv-blocked")
        _ = bench.send(
            "POST", Vendor.zarv.tokenURL, [("Content-Type", "application/json")],
            body: #"{"username":"nobody@acme.test","password":"x"}"#)
        #expect(try bench.login("zarv").status == 200)
        #expect(bench.sandbox.log.count(.zarv).tokens.values.allSatisfy { $0.failedLogins == 0 })
    }
}
