import TestSupport

/// A small server of ours on somebody else's library (Fixtures/servers), run by the system's Python.
struct PythonServer {
    let process: ServerProcess

    private static let python = "/usr/bin/python3"

    init(_ name: String) async throws {
        let script = "\(UsherProject.repository)/Tests/CommandTests/Fixtures/servers/\(name)_server.py"
        process = try await ServerProcess(
            "\(name) for Python", Self.python, environment: ["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"]
        ) { port, _ in [script, String(port)] }
    }

    /// Whether the system's Python has all of these modules.
    static func has(_ modules: String...) async -> Bool {
        let look = "import sys, importlib.util as u; sys.exit(any(u.find_spec(name) is None for name in sys.argv[1:]))"
        let result = try? await ChildProcess.run(python, ["-c", look] + modules)
        return result?.status == 0
    }

    /// Two identities of it, `acme` and `reader`, and their contract: the reader may see a profile and no orders.
    ///
    /// - Parameter identity: the inside of an identity, for its name, the scope it asks for, and the server's URL.
    func cases(
        _ identity: (_ name: String, _ scope: String, _ url: String) -> String
    ) async throws -> ServerVerdicts {
        let names = [("acme", "orders"), ("reader", "profile")]
        let identities = names.map { "\"\($0)\": { \(identity($0, $1, process.url)) }" }
        let project = try UsherProject([
            "environments/test.json": #"{ "name": "test", "identities": { \#(identities.joined(separator: ", ")) } }"#,
            "collections/orders.json": """
            { "name": "Orders", "requests": [
              { "name": "own profile", "as": "reader", "request": "GET /profile", "denies": [],
                "access": { "reader": "allow" } },
              { "name": "list orders", "as": "acme", "request": "GET /orders", "denies": "all",
                "access": { "acme": "allow", "reader": "deny" },
                "expect": { "status": 200, "json": { "$.orders": { "type": "array" } } } } ] }
            """,
        ])
        defer { project.folder.remove() }
        let secrets = names.flatMap { name, _ in
            [
                ("\(name)_password", "\(name)-password-01"), ("\(name)_secret", "\(name)-secret-01"),
                ("\(name)_name", name),
            ]
        }
        return try await ServerVerdicts(project, environment: Dictionary(uniqueKeysWithValues: secrets))
    }
}
