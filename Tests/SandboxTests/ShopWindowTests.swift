import Foundation
import JSON
import Testing

@testable import Sandbox

/// The files at the root that live on the sandbox: they must not drift from it.
@Suite("The example collections and the sandbox's environment")
struct ShopWindowTests {
    private static func read(_ path: String) throws -> JSONObject {
        let bytes = [UInt8](try Data(contentsOf: Project.root.appendingPathComponent(path)))
        return try #require(try JSONDocument.parse(bytes).root.value.object)
    }

    private static func requests(_ items: JSONValue?) -> [JSONObject] {
        (items?.array ?? []).compactMap(\.object).flatMap { item in
            item["requests"] == nil ? [item] : requests(item["requests"])
        }
    }

    @Test("the environment's credentials are the demo credentials")
    func credentials() throws {
        let identities = try #require(try Self.read("environments/sandbox.json")["identities"]?.object)
        for (identity, value) in identities {
            let secrets = try #require(value.object?["secrets"]?.object)
            func literal(_ names: String...) -> String? {
                names.compactMap { secrets[$0]?.object?["insecureLiteral"]?.string }.first
            }
            let known = DemoCredential.all.first { $0.name == literal("clientId", "testClientId", "username") }
            #expect(known?.secret == literal("clientSecret", "testClientSecret", "password"), "\(identity)")
            #expect(known?.vendor.rawValue == value.object?["provider"]?.string, "\(identity)")
        }
        for vendor in Vendor.allCases {
            #expect(identities[vendor.rawValue] != nil && identities[vendor.rawValue + "-other"] != nil)
        }
    }

    @Test("the example for live use has the same identities and no literal secret")
    func live() throws {
        let sandbox = try Self.read("environments/sandbox.json")
        let live = try Self.read("environments/live.example.json")
        #expect(live["identities"]?.object?.names == sandbox["identities"]?.object?.names)
        #expect(live["groups"] == sandbox["groups"])
        #expect(!JSONValue.object(live).text().contains("insecureLiteral"))
    }

    @Test("each collection has seven requests or more, all for paths the sandbox knows", arguments: Vendor.allCases)
    func paths(vendor: Vendor) throws {
        let requests = Self.requests(try Self.read("collections/\(vendor.rawValue).json")["requests"])
        #expect(requests.count >= 7)
        let bench = Bench()
        let list = vendor.listURL.dropFirst(8)
        let base = "https://" + list.prefix { $0 != "/" } + (vendor == .scalar ? "/v1" : "")
        for request in requests {
            let line = try #require(request["request"]?.string).split(separator: " ", maxSplits: 1).map(String.init)
            guard !line[1].hasPrefix("{{") else { continue }
            let path = Self.filled(line[1])
            let response = bench.send(line[0], path.hasPrefix("/") ? base + path : path)
            #expect(response.status == (path.hasPrefix("/") ? 401 : 415), "\(line)")
        }
    }

    /// Placeholders replaced by some id.
    private static func filled(_ path: String) -> String {
        var parts = path.components(separatedBy: "{{")
        for place in parts.indices.dropFirst() {
            parts[place] = "x" + (parts[place].components(separatedBy: "}}").last ?? "")
        }
        return parts.joined()
    }

    @Test("the limited identities have what their names say, and no more")
    func owned() throws {
        let bench = Bench()
        let identities = try #require(try Self.read("environments/sandbox.json")["identities"]?.object)
        let places = [
            "imageID": "https://api.zara4.com/v1/image/request/",
            "assetID": "https://trailer.api.eu1.scalar.zf.com/v1/assets/",
            "contractID": "https://api.clazar.io/contracts/", "itemID": "https://api.clarify.test/v1/items/",
        ]
        var checked = 0
        for (identity, value) in identities {
            for (name, id) in value.object?["owns"]?.object ?? [:] {
                guard let place = places[name] else { continue }
                let url = place + (id.string ?? "") + (place.contains("clazar") ? "/" : "")
                #expect(try bench.send(as: identity, "GET", url).status == 200, "\(identity)")
                checked += 1
            }
        }
        #expect(checked == 8)
    }
}
