import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("Token services")
struct TokenServiceTests {
    @Test(
        "the documented request gets the documented members, in the documented spelling",
        arguments: [
            ("zara4", ["access_token", "token_type", "expires_in", "scope"]),
            ("zara4-test", ["access_token", "token_type", "expires_in", "scope"]),
            ("zarv", ["accessToken", "refreshToken", "token_type", "expires_in", "refreshExpiresIn"]),
            ("scalar", ["accessToken", "expiresIn", "tokenType"]),
            ("clazar", ["access_token", "token_type", "expires_in"]),
            ("clarify", ["access_token", "token_type", "expires_in", "scope"]),
        ])
    func members(identity: String, names: [String]) throws {
        let response = try Bench().login(identity)
        #expect(response.status == 200)
        #expect(response.json.object?.names == names)
        #expect(response.headers["Cache-Control"] == "no-store")
        #expect(response.headers["Content-Type"] == "application/json")
    }

    @Test(
        "types and lifetimes are the documented ones",
        arguments: [
            ("zara4", "token_type", "Bearer", "expires_in", 3_600),
            ("zarv", "token_type", "Bearer", "expires_in", 360),
            ("scalar", "tokenType", "Bearer", "expiresIn", 3_600),
            ("clazar", "token_type", "bearer", "expires_in", 86_400),
            ("clarify", "token_type", "Bearer", "expires_in", 3_600),
        ])
    func types(identity: String, type: String, word: String, expiry: String, seconds: Int) throws {
        let object = try #require(try Bench().login(identity).json.object)
        #expect(object[type]?.string == word)
        #expect(object[expiry]?.number?.int == seconds)
    }

    @Test("a lifetime of the options replaces the documented one, in whole seconds", arguments: Vendor.allCases)
    func lifetime(vendor: Vendor) throws {
        let bench = Bench { $0.tokenLifetime = .milliseconds(1_500) }
        let object = try #require(try bench.login(vendor.rawValue).json.object)
        #expect((object["expires_in"] ?? object["expiresIn"])?.number?.int == 2)
    }

    @Test("any method but POST is 405 and names POST", arguments: Vendor.allCases, ["GET", "PUT", "DELETE", "HEAD"])
    func methods(vendor: Vendor, method: String) {
        let response = Bench().send(method, vendor.tokenURL)
        #expect(response.status == 405)
        #expect(response.headers["Allow"] == "POST")
    }

    @Test("the other content type is 415", arguments: Vendor.allCases)
    func contentType(vendor: Vendor) {
        let other = vendor.tokenType == "application/json" ? "application/x-www-form-urlencoded" : "application/json"
        #expect(Bench().send("POST", vendor.tokenURL, [("Content-Type", other)], body: "{}").status == 415)
        #expect(Bench().send("POST", vendor.tokenURL, body: "{}").status == 415)
    }

    @Test(
        "a missing member is 400 and yields no token, a form without client credential 401", arguments: Vendor.allCases)
    func missing(vendor: Vendor) {
        for body in ["", "{}", #"{"client_id":"x"}"#, "client_id=x&grant_type=client_credentials", "[1]", "{"] {
            let response = Bench().send("POST", vendor.tokenURL, [("Content-Type", vendor.tokenType)], body: body)
            let isAnonymous = vendor.tokenType != "application/json" && body.hasPrefix("client_id")
            #expect(response.status == (isAnonymous ? 401 : 400), "\(body)")
            #expect(!response.text.contains("oken\":"))
        }
    }

    @Test("a wrong secret and an unknown client look alike: 401 with a challenge", arguments: Vendor.allCases)
    func wrong(vendor: Vendor) throws {
        let bench = Bench()
        let wrong = try bench.login(vendor.rawValue, secret: "demo-but-wrong-secret")
        #expect(wrong.status == 401)
        #expect(wrong.headers.contains(name: "WWW-Authenticate"))
        #expect(wrong.headers["Cache-Control"] == "no-store")
        #expect(!wrong.text.contains("demo-but-wrong-secret"))
        let known = try #require(DemoCredential.all.first { $0.vendor == vendor })
        let unknown = bench.send(
            "POST", vendor.tokenURL, [("Content-Type", vendor.tokenType)],
            body: vendor.unknownClientBody(secret: known.secret))
        #expect(unknown.status == wrong.status)
        #expect(unknown.body == wrong.body)
    }

    @Test("a blocked user is refused like a wrong password")
    func blocked() throws {
        let bench = Bench()
        #expect(try bench.login("zarv-blocked").body == bench.login("zarv", secret: "wrong-password").body)
    }

    @Test("credentials in the URL are refused", arguments: Vendor.allCases)
    func inURL(vendor: Vendor) {
        let response = Bench().send(
            "POST", vendor.tokenURL + "?client_id=a&client_secret=b&password=c",
            [("Content-Type", vendor.tokenType)], body: vendor.tokenType == "application/json" ? "{}" : "")
        #expect(response.status == 400)
    }

    @Test("two tokens differ, and both are good", arguments: Vendor.allCases)
    func twice(vendor: Vendor) throws {
        let bench = Bench()
        let tokens = try [bench.token(vendor.rawValue), bench.token(vendor.rawValue)]
        #expect(tokens[0] != tokens[1])
        for token in tokens {
            #expect(bench.send("GET", vendor.listURL, [("Authorization", "Bearer \(token)")]).status == 200)
        }
    }
}

extension Vendor {
    fileprivate func unknownClientBody(secret: String) -> String {
        let form = "grant_type=client_credentials&client_id=demo-nobody-at-all&client_secret=\(secret)"
        return switch self {
        case .zara4, .oidc: form
        case .clarify: form + "&audience=https://api.clarify.test/"
        case .zarv: #"{"username":"nobody@acme.test","password":"\#(secret)"}"#
        case .clazar: #"{"client_id":"demo-nobody-at-all","client_secret":"\#(secret)"}"#
        case .scalar: #"{"clientId":"demo-nobody-at-all","clientSecret":"\#(secret)","audience":"API"}"#
        }
    }
}
