import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("Hosts and paths")
struct RoutingTests {
    private let bench = Bench()

    @Test(
        "what is nowhere is 404 in JSON",
        arguments: [
            "https://api.elsewhere.test/", "https://api.zarv.com/", "https://api.zarv.com//v1/resource",
            "https://api.zarv.com/v1/resource/", "https://api.zarv.com/v1/resource//events",
            "http://127.0.0.1:8080/", "http://127.0.0.1:8080/zarv", "http://localhost/nobody/v1", "https://[::1]:1/x",
        ])
    func nowhere(url: String) throws {
        let response = bench.send("GET", url)
        #expect(response.status == 404)
        #expect(response.json.kind == .object)
        #expect(!response.text.contains("elsewhere"))
    }

    @Test("a token path is known on the token host only, an API path on the API host only")
    func twoHosts() {
        #expect(bench.send("POST", "https://api.zarv.com/api/v1/authentication").status == 404)
        #expect(bench.send("GET", "https://services.zarv.com/v1/resource").status == 404)
        #expect(bench.send("GET", "https://API.ZARV.COM:443/v1/resource").status == 401)
    }

    @Test("on the plain port everything stands under the vendor's name", arguments: Vendor.allCases)
    func prefix(vendor: Vendor) {
        let path = { (url: String) in url.dropFirst(8).drop { $0 != "/" } }
        let base = "http://127.0.0.1:8080/\(vendor.rawValue)"
        #expect(bench.send("GET", base + path(vendor.listURL)).status == 401)
        #expect(bench.send("POST", base + path(vendor.tokenURL)).status == 415)
    }

    @Test("places in answers keep the prefix")
    func prefixedPlaces() throws {
        let token = [("Authorization", "Bearer \(try bench.token("zarv"))"), ("Content-Type", "application/json")]
        let created = bench.send("POST", "http://localhost:1/zarv/v1/resource", token, body: #"{"name":"x"}"#)
        let place = try #require(created.headers["Location"])
        #expect(place.hasPrefix("/zarv/v1/resource/"))
        #expect(bench.send("GET", "http://localhost:1" + place, token).status == 200)
        let list = bench.send(
            "GET", "http://localhost:1/clazar/contracts/?page_size=1",
            [("Authorization", "Bearer \(try bench.token("clazar"))")])
        let next = "http://localhost:1/clazar/contracts/?page=2&page_size=1"
        #expect(list.json.object?["next"]?.string == next)
    }

    @Test("a vendor's host without TLS serves nothing")
    func insecure() {
        let read = bench.send("GET", "http://api.zarv.com/v1/resource?page=1")
        #expect(read.status == 301)
        #expect(read.headers["Location"] == "https://api.zarv.com/v1/resource?page=1")
        #expect(bench.send("POST", "http://services.zarv.com/api/v1/authentication").status == 403)
    }

    @Test("Clazar redirects to the trailing slash, and nobody else does")
    func slash() {
        let token = bench.send("POST", "https://api.clazar.io/authenticate")
        #expect(token.status == 301)
        #expect(token.headers["Location"] == "/authenticate/")
        #expect(bench.send("GET", "https://api.clazar.io/contracts").headers["Location"] == "/contracts/")
        #expect(bench.send("GET", "http://localhost/clazar/contracts").headers["Location"] == "/clazar/contracts/")
        #expect(bench.send("GET", "https://api.clazar.io/nothing").status == 404)
    }

    @Test("HEAD is GET without the body, OPTIONS names the methods, TRACE is off", arguments: Vendor.allCases)
    func methods(vendor: Vendor) throws {
        let get = try bench.send(as: vendor.rawValue, "GET", vendor.listURL)
        let head = try bench.send(as: vendor.rawValue, "HEAD", vendor.listURL)
        #expect(head.status == 200 && head.body.isEmpty)
        #expect(head.headers["Content-Length"] == String(get.body.count))
        #expect(get.headers["Cache-Control"] == "private, no-store")
        let options = try bench.send(as: vendor.rawValue, "OPTIONS", vendor.listURL)
        #expect(options.status == 204 && options.headers["Allow"]?.contains("GET") == true)
        let wrong = try bench.send(as: vendor.rawValue, "PURGE", vendor.listURL)
        #expect(wrong.status == 405 && wrong.headers["Allow"] == options.headers["Allow"])
        #expect(bench.send("TRACE", vendor.listURL).status == 405)
    }

    @Test(
        "fields are decoded, and broken escapes stay as they are",
        arguments: [
            ("a=1&b=2", "a", "1"), ("a=x+y%20z", "a", "x y z"), ("a=%zz%2", "a", "%zz%2"), ("a=%+1", "a", "% 1"),
            ("%61=1", "a", "1"), ("a==", "a", "="),
        ])
    func fields(text: String, name: String, value: String) {
        #expect(FormFields(text)[name] == value)
    }

    @Test("base64url takes only what it writes itself", arguments: ["", "f", "fo", "foo", "\u{00FF}\u{00FE}x?"])
    func base64(text: String) {
        let encoded = Base64URL.encode(Array(text.utf8))
        #expect(Base64URL.decode(Substring(encoded)) == Array(text.utf8))
        #expect(Base64URL.decode(Substring(encoded + "=")) == nil)
        #expect(Base64URL.decode("Zh") == nil && Base64URL.decode("Z") == nil)
    }
}
