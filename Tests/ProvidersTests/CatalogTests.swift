import Diagnostics
import Providers
import Testing

@Suite("Provider catalog")
struct CatalogTests {
    private static func file(_ id: String, _ more: String = "", path: String? = nil) -> SourceFile {
        SourceFile(
            path: path ?? "providers/\(id).json", text: #"{ "id": "\#(id)", "auth": { "type": "none" }\#(more) }"#)
    }

    @Test("A project's file and a built-in provider are found alike")
    func finds() throws {
        var bag = DiagnosticBag()
        var catalog = ProviderCatalog(files: [Self.file("acme")], bag: &bag)
        #expect(catalog.provider("acme", at: nil, bag: &bag)?.id == "acme")
        #expect(catalog.provider("zarv", at: nil, bag: &bag)?.id == "zarv")
        #expect(catalog.names.contains("acme") && catalog.names.contains("clarify"))
        #expect(bag.isEmpty)
    }

    @Test("A mistyped id gets a suggestion")
    func suggests() {
        var bag = DiagnosticBag()
        var catalog = ProviderCatalog(bag: &bag)
        #expect(catalog.provider("zrav", at: nil, bag: &bag) == nil)
        #expect(bag.diagnostics.map(\.title) == ["there is no provider 'zrav'"])
        #expect(bag.diagnostics.map(\.help) == ["did you mean 'zarv'?"])
    }

    @Test("Taking a built-in's id must be meant")
    func replaces() {
        var bag = DiagnosticBag()
        _ = ProviderCatalog(files: [Self.file("zarv")], bag: &bag)
        #expect(bag.diagnostics.map(\.code) == ["hides-builtin"])

        bag = DiagnosticBag()
        var catalog = ProviderCatalog(files: [Self.file("zarv", #", "replaces": "builtin""#)], bag: &bag)
        #expect(bag.isEmpty)
        #expect(catalog.replacements == ["zarv"])
        #expect(catalog.provider("zarv", at: nil, bag: &bag)?.baseURL == nil)

        bag = DiagnosticBag()
        _ = ProviderCatalog(files: [Self.file("acme", #", "replaces": "builtin""#)], bag: &bag)
        #expect(bag.diagnostics.map(\.code) == ["replaces-nothing"])
    }

    @Test("Two files with one id are an error that names the other file")
    func repeated() {
        var bag = DiagnosticBag()
        _ = ProviderCatalog(files: [Self.file("acme"), Self.file("acme", path: "providers/copy.json")], bag: &bag)
        #expect(bag.diagnostics.map(\.title) == ["the provider 'acme' is also defined in providers/acme.json"])
    }

    @Test("A file with mistakes is reported once, and its id is not 'unknown' on top of it")
    func broken() {
        var bag = DiagnosticBag()
        var catalog = ProviderCatalog(files: [Self.file("acme", #", "hots": []"#)], bag: &bag)
        #expect(catalog.provider("acme", at: nil, bag: &bag) == nil)
        #expect(catalog.provider("acme", at: nil, bag: &bag) == nil)
        #expect(bag.diagnostics.map(\.code) == ["unknown-member"])
    }
}
