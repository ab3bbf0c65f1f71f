import Diagnostics
import JSON
import Providers
import Testing

@Suite("Built-in providers")
struct BuiltInProviderTests {
    @Test("The five vendors and the generic ones are there")
    func names() {
        #expect(
            BuiltInProviders.names == [
                "api-key", "basic", "bearer", "clarify", "clazar", "oauth2-client-credentials", "oauth2-password",
                "oidc", "scalar", "zara4", "zarv",
            ])
        #expect(BuiltInProviders.source(named: "providers") == nil)
        #expect(BuiltInProviders.source(named: "") == nil)
    }

    @Test("Each is read without a single diagnostic and bears its file's name", arguments: BuiltInProviders.names)
    func reads(_ name: String) throws {
        let provider = try builtIn(name)
        #expect(provider.id == name)
        guard case .builtIn = provider.origin else {
            Issue.record("\(name) does not know that it is built in")
            return
        }
    }

    @Test(
        "Each is a worked example: a description, and help for every variable and secret",
        arguments: BuiltInProviders.names)
    func explained(_ name: String) throws {
        let file = try #require(BuiltInProviders.source(named: name))
        #expect(try JSONDocument.parse(file.bytes).root["description"]?.string?.isEmpty == false)
        let provider = try builtIn(name)
        for variable in provider.vars { #expect(!variable.help.isEmpty, "\(variable.name)") }
        for secret in provider.secrets { #expect(!secret.help.isEmpty, "\(secret.name)") }
    }

    static let promiseIDs: [(String, [String])] = [
        ("zara4", (1...12).map { "Z4-\($0 < 10 ? "0" : "")\($0)" }),
        ("zarv", (1...15).map { "ZV-\($0 < 10 ? "0" : "")\($0)" }),
        ("scalar", (1...10).map { "SC-\($0 < 10 ? "0" : "")\($0)" }),
        ("clazar", (1...5).map { "CZ-0\($0)" }),
        ("clarify", (1...8).map { "CL-0\($0)" }),
    ]

    @Test("Every testable sentence of the vendors' pages is a promise", arguments: promiseIDs)
    func promises(_ name: String, _ ids: [String]) throws {
        let contract = try builtIn(name).contract
        #expect(contract.promises.map(\.id) == ids)
        for promise in contract.promises { #expect(!promise.says.isEmpty && !promise.source.isEmpty) }
    }

    @Test("Only Zarv documents statuses for refusals")
    func denials() throws {
        for name in BuiltInProviders.names where name != "zarv" {
            let contract = try builtIn(name).contract
            #expect(contract.denials.isEmpty && contract.insufficient == nil, "\(name)")
        }
        let zarv = try builtIn("zarv").contract
        #expect(zarv.denials[.noCredential] != nil)
        #expect(zarv.denials[.unsignedToken] == nil)
        #expect(zarv.insufficient != nil)
    }

    static let boundNames: [(String, secrets: [String], required: [String], hidden: [String])] = [
        (
            "zara4", ["clientId", "clientSecret", "testClientId", "testClientSecret"], [],
            ["clientSecret", "testClientSecret"]
        ),
        ("zarv", ["username", "password"], [], ["username", "password"]),
        ("scalar", ["clientId", "clientSecret"], [], ["clientId", "clientSecret"]),
        ("clazar", ["clientId", "clientSecret"], [], ["clientId", "clientSecret"]),
        ("clarify", ["clientId", "clientSecret"], ["tokenURL", "apiURL"], ["clientId", "clientSecret"]),
        ("oauth2-client-credentials", ["clientId", "clientSecret"], ["tokenURL", "apiURL"], ["clientSecret"]),
        (
            "oauth2-password", ["username", "password", "clientId", "clientSecret"], ["tokenURL", "apiURL"],
            ["password", "clientSecret"]
        ),
        ("oidc", ["clientId", "clientSecret"], ["issuer", "apiURL"], ["clientSecret"]),
        ("basic", ["username", "password"], ["apiURL"], ["password"]),
        ("bearer", ["token"], ["apiURL"], ["token"]),
        ("api-key", ["key"], ["apiURL"], ["key"]),
    ]

    @Test("What an environment has to bind", arguments: boundNames)
    func bindings(_ name: String, secrets: [String], required: [String], hidden: [String]) throws {
        let provider = try builtIn(name)
        #expect(provider.secrets.map(\.name) == secrets)
        #expect(provider.secrets.filter(\.isSensitive).map(\.name) == hidden)
        #expect(provider.vars.filter(\.isRequired).map(\.name) == required)
    }

    @Test("Clarify's credentials file is described by pointers")
    func clarifyFile() throws {
        let clarify = try builtIn("clarify")
        #expect(clarify.secrets.map(\.pointer?.text) == ["/credentials/clientId", "/credentials/clientSecret"])
        #expect(clarify.variable("apiURL")?.pointer?.text == "/apiUrl")
        #expect(clarify.from.require.map(\.pointer.text) == ["/credentials/type"])
        #expect(clarify.from.require.map(\.value) == ["client-credentials"])
    }
}
