import ArgumentParser

/// Which environment.
struct EnvironmentOptions: ParsableArguments, Sendable {
    @Option(name: [.short, .customLong("env")], help: "The environment: a name below environments/, or a path.")
    var environment: String?

    @Flag(help: "Send everything to the embedded vendors on this machine.")
    var sandbox = false

    @Flag(
        name: .customLong("allow-commands"),
        help: "Let the environment name programs that print secrets (also: USHER_ALLOW_COMMANDS=1).")
    var allowCommands = false
}

/// What is laid over the variables of files.
struct VariableOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("var"),
        help: ArgumentHelp("A variable: n=text, or n:=JSON. Repeatable.", valueName: "n=value"))
    var variables: [VariableOption] = []
}
