/// Commands and options that belong to Usher and are not in this version: said so, where a suggestion would mislead.
enum LaterWords {
    static let commands: Set<String> = [
        "format", "import", "init", "report",
    ]

    private static let options: Set<String> = [
        "--allow-files", "--dry-run", "--github", "--gitlab", "--har", "--html", "--ndjson", "--rate",
        "--retry",
        "--schema", "--shard", "--tap", "--timings", "--vars", "--watch", "--xpath",
    ]

    /// The option among the arguments for which the parser refused them, if it is one of a later version.
    static func option(in arguments: [String], refusedBy message: String) -> String? {
        arguments.lazy.map { String($0.prefix { $0 != "=" }) }.first {
            options.contains($0) && message.contains("Unknown option '\($0)'")
        }
    }

    /// `help run` as `run --help`.
    static func helpFirst(_ arguments: [String]) -> [String] {
        guard arguments.count == 2, arguments[0] == "help", !arguments[1].hasPrefix("-") else { return arguments }
        return [arguments[1], "--help"]
    }
}
