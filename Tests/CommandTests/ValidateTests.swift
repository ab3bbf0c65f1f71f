import TestSupport
import Testing

/// `usher validate` where a project begins: with a provider.
@Suite("Validating files one by one")
struct ValidateTests {
    private static let provider = #"{ "id": "p", "baseURL": "https://api.test", "auth": { "type": "none" } }"#

    private static let files = [
        "providers/p.json": provider,
        "environments/test.json": #"{ "name": "test", "identities": { "me": { "provider": "p" } } }"#,
    ]

    @Test(
        "A project without collections has its other files checked, and a path among them names no collection",
        arguments: [
            [], ["providers/p.json"], ["providers"], ["./environments/test.json"], ["environments", "providers"],
        ])
    func withoutCollections(_ paths: [String]) async throws {
        let project = try UsherProject(Self.files)
        defer { project.folder.remove() }
        let good = try await project.run(["validate"] + paths)
        #expect(good.status == 0, "\(good.errorText)")
        #expect(good.outputText == "0 collections, 1 environment and 1 own provider: no mistakes\n")
        try project.folder.write("providers/p.json", Self.provider.replacing("auth", with: "oauth"))
        let bad = try await project.run(["validate"] + paths)
        #expect(bad.status == 2)
        #expect(bad.errorText.contains("--> providers/p.json:1:"), "\(bad.errorText)")
        #expect(!bad.errorText.contains("a collection"))
    }

    @Test("A path that is not there, and a collection beside a provider, are what they always were")
    func others() async throws {
        let project = try UsherProject(Self.files)
        defer { project.folder.remove() }
        for path in ["providers/q.json", "tests"] {
            let missing = try await project.run(["validate", path])
            #expect(missing.status == 2 && missing.errorText.contains("there is no file or folder '\(path)'"))
        }
        try project.folder.write(
            "collections/c.json",
            #"{ "name": "C", "provider": "p", "requests": [ { "name": "r", "request": "GET /" } ] }"#)
        let both = try await project.run(["validate", "providers/p.json", "collections/c.json"])
        #expect(both.outputText.hasPrefix("1 collection, "), "\(both.outputText)\(both.errorText)")
    }
}
