import Foundation
import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("Defects")
struct DefectTests {
    @Test("each has its own id and a line that says what it does", arguments: Defect.all)
    func registry(defect: Defect) {
        #expect(Defect.all.count { $0.id == defect.id } == 1)
        #expect(defect.id.wholeMatch(of: #/[A-Z0-9]{1,3}-[0-9]{2}/#) != nil)
        #expect(!defect.summary.isEmpty && !defect.summary.contains("\n"))
        #expect(!defect.vendors.isEmpty)
        #expect(Defect.without[defect.id] == nil)
    }

    /// How many rules a family has (auth-rules.md).
    private static let families = [
        "TOK": 41, "REF": 14, "RES": 36, "JWT": 18, "DIS": 23, "REV": 11, "INT": 10, "AST": 10, "EXC": 7, "POP": 13,
        "HTT": 7, "KEY": 2,
    ]

    @Test("every rule is broken by one, or there is a reason why not")
    func rules() {
        for (family, count) in Self.families {
            for number in 1...count {
                let id = "\(family)-\(number < 10 ? "0" : "")\(number)"
                #expect((Defect.named(id) == nil) == (Defect.without[id] != nil), "\(id)")
            }
        }
    }

    @Test(
        "every promise of the built-in providers is broken by one, or there is a reason why not",
        arguments: Vendor.allCases)
    func promises(vendor: Vendor) throws {
        let file = Project.root.appendingPathComponent("Sources/CResources/providers/\(vendor.rawValue).json")
        let provider = try JSONDocument.parse(Array(try Data(contentsOf: file))).root.value.object
        let promises = try #require(provider?["contract"]?.object?["promises"]?.array)
        #expect(!promises.isEmpty)
        for promise in promises {
            let id = try #require(promise.object?["id"]?.string)
            #expect((Defect.named(id)?.vendors == [vendor]) == (Defect.without[id] == nil), "\(id)")
        }
    }

    @Test("there is a request that shows each")
    func complete() {
        #expect(Set(DefectTable.fitting.keys) == Set(Defect.all.map(\.id)))
    }

    @Test("changes the answer to a fitting request", arguments: Defect.all)
    func fitting(defect: Defect) throws {
        let send = try #require(DefectTable.fitting[defect.id])
        let clean = try send(Bench()).map(\.facts)
        #expect(try send(Bench()).map(\.facts) == clean, "the clean sandbox answers the same twice")
        let broken = try send(Bench { $0.defects = [defect] }).map(\.facts)
        #expect(broken != clean, "\(defect.id) \(defect.summary)")
    }

    @Test("leaves ordinary requests alone unless it is about them", arguments: Defect.all)
    func ordinary(defect: Defect) throws {
        let clean = try DefectTable.ordinary(Bench())
        let broken = try DefectTable.ordinary(Bench { $0.defects = [defect] })
        #expect((clean != broken) == DefectTable.ordinaryToo.contains(defect.id))
        for (vendor, answers) in clean where !defect.vendors.contains(vendor) {
            #expect(broken[vendor] == answers, "\(vendor) has nothing to do with \(defect.id)")
        }
    }

    @Test("several stand side by side")
    func several() throws {
        let bench = try Bench.with("RES-03", "TOK-24", "HTT-06")
        let refused = bench.anonymous(.zarv)
        #expect(refused.status == 401)
        #expect(!refused.headers.contains(name: "WWW-Authenticate"))
        #expect(!refused.headers.contains(name: "Strict-Transport-Security"))
        #expect(try bench.login("zarv").headers["Cache-Control"] == "public, max-age=60")
    }

    @Test("a hole lets a caller in, and nothing else changes for him")
    func holes() throws {
        let open = try Bench.with("RES-02")
        #expect(open.anonymous(.zarv).status == 200)
        #expect(open.anonymous(.zarv, "HEAD").status == 401)
        #expect(open.anonymous(.zarv, path: "/no-such-id").status == 401)
        #expect(open.anonymous(.zarv, "POST", body: #"{"name":"x"}"#).status == 401)
        #expect(open.send("GET", Vendor.zarv.listURL, Bench.bearer("garbage")).status == 401)
        #expect(open.sandbox.log.count(.zarv).writes == 0)
    }

    @Test("each way of forging a token is a hole of its own")
    func forgeries() throws {
        let forgeries: [(String, (Bench) throws -> SandboxResponse)] = [
            ("JWT-09", { try $0.forged(header: #"{"alg":"none","typ":"JWT"}"#, signature: "") }),
            ("JWT-10", { try $0.forged(role: "owner") }),
            ("JWT-12", { try $0.forged(header: #"{"alg":"RS256","jwk":{"kty":"RSA"}}"#, signature: "AAAA") }),
            ("JWT-13", { try $0.forged(header: #"{"alg":"HS256","kid":"../../dev/null"}"#, signature: "AAAA") }),
            ("JWT-14", { try $0.forged(header: #"{"alg":"HS256","crit":["x"],"x":1}"#) }),
        ]
        for (id, _) in forgeries {
            let bench = try Bench.with(id)
            for (other, send) in forgeries {
                #expect(try send(bench).status == (other == id ? 200 : 401), "\(other) with \(id)")
            }
        }
    }

    @Test("a request that a defect carries out counts as a write, one that it only looks at does not")
    func writes() throws {
        let bench = try Bench.with("N-06")
        let token = try bench.token("zarv")
        let header = [("Authorization", token), ("Content-Type", "application/json")]
        #expect(bench.send("POST", Vendor.zarv.listURL, header, body: #"{"name":"x"}"#).status == 201)
        #expect(bench.send("POST", Vendor.zarv.listURL, header, body: "{").status == 400)
        #expect(bench.sandbox.log.count(.zarv).writes == 1)
        let looking = try Bench.with("RES-20")
        let foreign = "/e94d2c78-1b6a-4f0e-8d25-7c3b9a8e0f01"
        #expect(try looking.get(.zarv, "DELETE", path: foreign) { Bench.bearer($0) }.status == 403)
        #expect(looking.sandbox.log.count(.zarv).writes == 0)
    }
}
