import TestSupport

/// A small project in a temporary folder, and the built program run in it.
struct UsherProject {
    let folder: TemporaryFolder

    /// The repository, whose example collections are the product's.
    static let repository = "\(#filePath)".replacing("/Tests/CommandTests/UsherProcess.swift", with: "")

    init(_ files: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        for name in ["collections", "environments", "providers"] { try folder.makeFolder(name) }
        for (path, text) in files { try folder.write(path, text) }
    }

    /// A project with the example collections, each changed by `edit` (path, text).
    static func examples(_ edit: (String, String) -> String = { $1 }) throws -> UsherProject {
        let project = try UsherProject()
        let names = ["clarify", "clazar", "scalar", "zara4", "zarv"].map { "collections/\($0).json" }
        for path in names + ["environments/sandbox.json"] {
            let text = String(decoding: try TemporaryFolder.read("\(repository)/\(path)"), as: UTF8.self)
            try project.folder.write(path, edit(path, text))
        }
        return project
    }

    /// - Parameter terminal: what it has in the place of standard error; nil for a pipe.
    func start(
        _ arguments: [String], environment: [String: String] = [:], terminal: PseudoTerminal? = nil
    ) throws -> ChildProcess {
        try ChildProcess(
            try BuiltProducts.path("usher"), arguments,
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"].merging(environment) { $1 },
            directory: folder.path, terminal: terminal?.path)
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> ChildProcess.Result {
        await (try start(arguments, environment: environment)).result()
    }

    func text(_ name: String) throws -> String {
        String(decoding: try TemporaryFolder.read(folder.file(name)), as: UTF8.self)
    }
}
