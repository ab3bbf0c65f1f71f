import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("The APIs behind the doors")
struct VendorAPITests {
    private let bench = Bench()

    @Test(
        "an object is created with its place, read, changed, deleted and gone",
        arguments: [
            (
                "zara4", "https://api.zara4.com", "/v1/image/request", #"{"url":"https://images.acme.test/x.png"}"#,
                #"{"label":"x"}"#
            ),
            (
                "zarv", "https://api.zarv.com", "/v1/resource", #"{"name":"Van 1","type":"vehicle"}"#,
                #"{"name":"Van 2"}"#
            ),
            (
                "scalar", "https://trailer.api.eu1.scalar.zf.com", "/v1/assets",
                #"{"name":"Box 4","vin":"WSM00000005012399"}"#, #"{"status":"moving"}"#
            ),
            (
                "clazar", "https://api.clazar.io", "/private_offers/",
                #"{"name":"Q1","buyer_id":"4c5d6e7f-8091-42a3-b4c5-d6e7f8091a01","amount":100}"#, #"{"name":"Q2"}"#
            ),
        ])
    func life(identity: String, origin: String, path: String, body: String, change: String) throws {
        let created = try bench.send(as: identity, "POST", origin + path, body: body)
        #expect(created.status == 201)
        let place = origin + (try #require(created.headers["Location"]))
        #expect(place.hasPrefix(origin + path))
        let read = try bench.send(as: identity, "GET", place)
        #expect(read.status == 200)
        let tag = try #require(read.headers["ETag"])
        #expect(try bench.send(as: identity, "GET", place, [("If-None-Match", tag)]).status == 304)
        let changed = try bench.send(as: identity, "PATCH", place, body: change)
        #expect(changed.status == 200 && changed.headers["ETag"] != tag)
        #expect(try bench.send(as: identity, "PATCH", place, [("If-Match", tag)], body: change).status == 412)
        #expect(try bench.send(as: identity, "DELETE", place).status == 204)
        #expect(try bench.send(as: identity, "GET", place).status == 404)
        #expect(try bench.send(as: identity, "DELETE", place).status == 404)
    }

    @Test(
        "a job is pending, and ready once its time has come",
        arguments: [
            ("zara4", "https://api.zara4.com", "/v1/image/request", #"{"url":"https://images.acme.test/x.png"}"#),
            ("zarv", "https://api.zarv.com", "/v1/resource/6b1f0a52-3d3c-4c57-9a30-5a7f6e2d1c02/analysis", ""),
            ("scalar", "https://trailer.api.eu1.scalar.zf.com", "/v1/reports", #"{"type":"tyres"}"#),
            (
                "clazar", "https://api.clazar.io", "/private_offers/",
                #"{"name":"Q1","buyer_id":"4c5d6e7f-8091-42a3-b4c5-d6e7f8091a01","amount":100}"#
            ),
        ])
    func job(identity: String, origin: String, path: String, body: String) throws {
        let created = try bench.send(as: identity, "POST", origin + path, body: body)
        #expect(created.json.object?["state"] == "pending")
        let place = origin + (try #require(created.headers["Location"]))
        #expect(try bench.send(as: identity, "GET", place).json.object?["state"] == "pending")
        bench.clock.advance(1)
        #expect(try bench.send(as: identity, "GET", place).json.object?["state"] == "ready")
    }

    @Test(
        "lists are paged, and a page out of range is empty or refused",
        arguments: [
            ("zara4", "per-page", "requests", "total"), ("zarv", "limit", "items", "total"),
            ("scalar", "pageSize", "items", "totalCount"), ("clazar", "page_size", "results", "count"),
        ])
    func pages(identity: String, size: String, list: String, total: String) throws {
        let url = try #require(Vendor(rawValue: identity)).listURL
        let whole = try #require(try bench.send(as: identity, "GET", url).json.object)
        let count = try #require(whole[list]?.array?.count)
        #expect(whole[total]?.number?.int == count && count >= 2)
        let second = try bench.send(as: identity, "GET", url + "?page=2&\(size)=1").json.object
        #expect(second?[list]?.array == whole[list]?.array.map { [$0[1]] })
        #expect(try bench.send(as: identity, "GET", url + "?page=99").json.object?[list]?.array == [])
        for bad in ["page=0", "page=x", "\(size)=1000", "page=-1", "page=99999999999999999999"] {
            #expect(try bench.send(as: identity, "GET", url + "?" + bad).status == 400, "\(bad)")
        }
    }

    @Test("filters narrow a list")
    func filters() throws {
        let vehicles = try bench.send(as: "zarv", "GET", Vendor.zarv.listURL + "?type=vehicle&status=active")
        #expect(vehicles.json.object?["total"]?.number?.int == 1)
        let contracts = try bench.send(as: "clazar", "GET", Vendor.clazar.listURL + "?cloud=aws&status=active")
        #expect(contracts.json.object?["count"]?.number?.int == 1)
    }

    @Test(
        "a body that is wrong is refused",
        arguments: [
            ("zarv", "https://api.zarv.com/v1/resource", "{}", 400),
            ("zarv", "https://api.zarv.com/v1/resource", #"{"name":"x","type":"spaceship"}"#, 400),
            ("zarv", "https://api.zarv.com/v1/resource", #"{"name":7}"#, 400),
            ("zarv", "https://api.zarv.com/v1/resource", "[]", 400),
            ("zarv", "https://api.zarv.com/v1/resource", "{", 400),
            ("zara4", "https://api.zara4.com/v1/image/request", #"{"url":"ftp://x"}"#, 400),
            ("scalar", "https://trailer.api.eu1.scalar.zf.com/v1/users", #"{"name":"A","email":"ada@acme.test"}"#, 409),
            (
                "clazar", "https://api.clazar.io/private_offers/",
                #"{"name":"Q","buyer_id":"8d9eaf01-2334-4556-a778-99aabbccdd01","amount":1}"#, 400
            ),
            ("clazar", "https://api.clazar.io/private_offers/", #"{"name":"Q","buyer_id":"x","amount":1e99}"#, 400),
        ])
    func wrong(identity: String, url: String, body: String, status: Int) throws {
        #expect(try bench.send(as: identity, "POST", url, body: body).status == status)
    }

    @Test("what happens to a Zarv resource is written down")
    func events() throws {
        let created = try bench.send(as: "zarv", "POST", Vendor.zarv.listURL, body: #"{"name":"Van"}"#)
        let id = try #require(created.json.object?["id"]?.string)
        _ = try bench.send(as: "zarv", "PUT", Vendor.zarv.listURL + "/" + id, body: #"{"name":"Bus"}"#)
        let history = try bench.send(as: "zarv", "GET", Vendor.zarv.listURL + "/\(id)/events")
        let types = history.json.object?["items"]?.array?.compactMap { $0.object?["type"]?.string }
        #expect(types == ["resource.created", "resource.updated"])
    }

    @Test("Clarify's signals are saved, filled, published, read and deleted")
    func clarify() throws {
        func rpc(_ method: String, _ params: String) throws -> JSONObject {
            let body = #"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":\#(params)}"#
            let response = try bench.send(as: "clarify", "POST", "https://api.clarify.test/v1/rpc", body: body)
            #expect(response.status == 200 && response.json.object?["id"] == 7)
            return try #require(response.json.object)
        }
        let saved = try rpc("integration.saveSignals", #"{"inputs":{"flow":{"name":"Flow","engUnit":"l/s"}}}"#)
        let signals = try #require(saved["result"]?.object?["signalsByInput"]?.object)
        let signal = try #require(signals["flow"]?.object?["id"]?.string)
        _ = try rpc("integration.insert", #"{"data":{"times":["2026-01-01T00:00:00Z"],"series":{"flow":[1.50]}}}"#)
        let published = try rpc("admin.publishSignals", #"{"signals":["\#(signal)"]}"#)
        let item = try #require(published["result"]?.object?["itemsBySignal"]?.object?[signal]?.string)
        let frame = try rpc("clarify.dataFrame", #"{"ids":["\#(item)"]}"#)
        #expect(
            frame["result"] == [
                "data": ["times": ["2026-01-01T00:00:00Z"], "series": .object([item: [.decimal(1.5)]])]
            ])
        #expect(try bench.send(as: "clarify", "DELETE", "https://api.clarify.test/v1/items/\(item)").status == 204)
        #expect(try bench.send(as: "clarify", "GET", "https://api.clarify.test/v1/items/\(item)/data").status == 404)
    }

    @Test(
        "a JSON-RPC call that is wrong is a 200 with an error",
        arguments: [
            (#"{"jsonrpc":"2.0","id":1,"method":"clarify.nothing"}"#, -32_601), (#"{"id":1,"method":"x"}"#, -32_600),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"integration.insert","params":{"data":{"times":["a"],"series":{"x":[]}}}}"#,
                -32_602
            ),
            (#"{"jsonrpc":"2.0","id":1,"method":"admin.publishSignals","params":{"signals":["nope"]}}"#, -32_602),
        ])
    func rpcErrors(body: String, code: Int) throws {
        let response = try bench.send(as: "clarify", "POST", "https://api.clarify.test/v1/rpc", body: body)
        #expect(response.status == 200)
        #expect(response.json.object?["error"]?.object?["code"]?.number?.int == code)
    }

    @Test("the API limit of the options is per client and says how long to wait")
    func limited() throws {
        let bench = Bench { $0.apiRateLimit = RateLimit(count: 2, per: .seconds(10)) }
        let header = [("Authorization", "Bearer \(try bench.token("clazar"))")]
        let statuses = (1...3).map { _ in bench.send("GET", Vendor.clazar.listURL, header) }
        #expect(statuses.map(\.status) == [200, 200, 429])
        #expect(statuses[2].headers["Retry-After"] == "10")
        #expect(try bench.send(as: "clazar-other", "GET", Vendor.clazar.listURL).status == 200)
    }
}
