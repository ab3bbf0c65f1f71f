import TestSupport
import Testing

@Suite("Connections of a run")
struct ConnectionTests {
    private static func collection(_ name: String, identity: String? = nil, requests: Int) -> String {
        let sender = identity.map { "\"as\": \"\($0)\", " } ?? ""
        let list = (0..<requests).map { "{ \"name\": \"r\($0)\", \"request\": \"GET {{base}}/\(name)/\($0)\" }" }
        return "{ \"name\": \"\(name)\", \(sender)\"requests\": [ \(list.joined(separator: ",\n")) ] }"
    }

    @Test("a sequential run opens one connection, whatever the number of collections")
    func sequential() async throws {
        let server = try RawServer { _ in .answer() }
        defer { server.stop() }
        let project = try UsherProject(
            Dictionary(
                uniqueKeysWithValues: (0..<5).map {
                    ("collections/c\($0).json", Self.collection("c\($0)", requests: 10))
                }))
        defer { project.folder.remove() }
        let result = try await project.run(["run", "-j", "1", "--var", "base=\(server.url)"])
        #expect(result.status == 0, "\(result.outputText)")
        #expect(server.requests.count == 50)
        #expect(server.connections == 1)
    }

    @Test("eight lanes open eight connections")
    func lanes() async throws {
        // Nobody is answered before all eight are there, so that eight lanes are at work at once.
        let gate = Gate(8)
        let server = try RawServer { request in
            if request.requestLine.contains("/0 ") { gate.arrive() }
            return .answer()
        }
        defer { server.stop() }
        let project = try UsherProject(
            Dictionary(
                uniqueKeysWithValues: (0..<8).map {
                    ("collections/c\($0).json", Self.collection("c\($0)", requests: 20))
                }))
        defer { project.folder.remove() }
        let result = try await project.run(["run", "-j", "8", "--var", "base=\(server.url)"])
        #expect(result.status == 0, "\(result.outputText)")
        #expect(server.requests.count == 160)
        #expect(server.connections == 8)
    }

    @Test("two identities never share a connection")
    func identities() async throws {
        let server = try RawServer { _ in .answer() }
        defer { server.stop() }
        let project = try UsherProject([
            "providers/keyed.json": """
            { "id": "keyed", "baseURL": "\(server.url)", "secrets": { "key": {} }, "auth": { "type": "static" },
              "apply": [ { "in": "header", "name": "X-Key", "value": "{{secret.key}}" } ] }
            """,
            "environments/test.json": """
            { "name": "test", "identities": {
              "one": { "provider": "keyed", "secrets": { "key": { "env": "ONE" } } },
              "two": { "provider": "keyed", "secrets": { "key": { "env": "TWO" } } } } }
            """,
            "collections/a.json": Self.collection("a", identity: "one", requests: 5),
            "collections/b.json": Self.collection("b", identity: "two", requests: 5),
            "collections/c.json": Self.collection("c", identity: "one", requests: 5),
        ])
        defer { project.folder.remove() }
        let result = try await project.run(
            ["run", "-j", "1", "--var", "base=\(server.url)"],
            environment: ["ONE": "key-number-one", "TWO": "key-number-two"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        #expect(server.connections == 2)
        let keys = Dictionary(grouping: server.requests, by: \.connection).mapValues {
            Set($0.flatMap { $0.values("X-Key") })
        }
        #expect(keys.values.allSatisfy { $0.count == 1 })
    }
}
