package import Diagnostics

/// Which environment file is meant (formats.md R5).
package enum EnvironmentChoice {
    /// - Parameter asked: `-e`, or `env` of usher.json; nil where neither is given.
    /// - Returns: the environment, or nil with the reason in the bag; also nil where the project has none.
    package static func load(
        _ asked: String?, sandbox: Bool, in project: Project, into bag: inout DiagnosticBag
    ) -> Environment? {
        guard let path = path(asked ?? (sandbox ? "sandbox" : nil), in: project, into: &bag),
            let file = project.load(path, into: &bag)
        else { return nil }
        let environment = EnvironmentReader.read(file, into: &bag) { path, span, bag in
            project.load(path, at: span, into: &bag)
        }
        environment?.checkGroups(&bag)
        return environment
    }

    private static func path(_ asked: String?, in project: Project, into bag: inout DiagnosticBag) -> String? {
        let names = names(in: project)
        guard let asked else {
            if names.count > 1 {
                bag.error(
                    "which-environment", "there are several environments; say which one", at: nil,
                    help: "add -e and one of: \(names.joined(separator: ", "))")
            }
            return names.count == 1 ? project.path("environments/\(names[0]).json") : nil
        }
        if asked.contains("/") || asked.hasSuffix(".json") { return asked }
        guard names.contains(asked) else {
            bag.error(
                "unknown-environment", "there is no environment '\(asked)'", at: nil,
                help: nearest(to: asked, among: names).map { "did you mean '\($0)'?" }
                    ?? (names.isEmpty
                        ? "the folder environments holds none" : "there are: \(names.joined(separator: ", "))"))
            return nil
        }
        return project.path("environments/\(asked).json")
    }

    /// All environment files, examples included.
    package static func paths(in project: Project) -> [String] {
        Files.list(project.path("environments")).filter { $0.hasSuffix(".json") }.map {
            project.path("environments/\($0)")
        }
    }

    /// `environments/NAME.json`, without examples (`live.example.json`), which hold no real bindings.
    package static func names(in project: Project) -> [String] {
        Files.list(project.path("environments")).compactMap { name in
            guard name.hasSuffix(".json"), !name.hasSuffix(".example.json") else { return nil }
            return String(name.dropLast(5))
        }
    }
}
