import Diagnostics
import Providers
import Testing

/// What the reader makes of a text, and its problems in the order of their places.
func reading(_ text: String, path: String = "providers/acme.json") -> (provider: Provider?, problems: [Diagnostic]) {
    var bag = DiagnosticBag()
    let provider = ProviderReader.read(file: SourceFile(path: path, text: text), bag: &bag)
    return (provider, bag.sorted)
}

/// A provider that must be without problems.
func provider(_ text: String) throws -> Provider {
    let (provider, problems) = reading(text)
    #expect(problems.isEmpty, "\(problems.map(\.description).joined(separator: "\n"))")
    return try #require(provider)
}

func builtIn(_ name: String) throws -> Provider {
    var bag = DiagnosticBag()
    let file = try #require(BuiltInProviders.source(named: name))
    let provider = ProviderReader.read(file: file, origin: .builtIn, bag: &bag)
    #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
    return try #require(provider)
}

/// A token provider whose `auth` has further members.
func tokenProvider(_ members: String = "", response: String = "{}") throws -> TokenRules {
    let text = """
        { "id": "acme", "baseURL": "https://api.acme.test",
          "secrets": { "clientId": {}, "clientSecret": {} },
          "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "https://api.acme.test/token" },
                    "response": \(response)\(members.isEmpty ? "" : ", " + members) } }
        """
    return try #require(try provider(text).tokenRules)
}
