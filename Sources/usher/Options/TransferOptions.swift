import ArgumentParser

/// How requests travel.
struct TransferOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("For each attempt, as 10s; in place of what files say.", valueName: "duration"))
    var timeout: DurationOption?

    @Option(
        name: .customLong("max-body"), help: ArgumentHelp("The largest body kept (default 10 MiB).", valueName: "bytes")
    )
    var maxBody: Int?

    @Option(help: ArgumentHelp("Trust these certificate authorities instead of the system's.", valueName: "file"))
    var cacert: String?

    @Flag(help: "Accept any certificate. Credentials are then sent to whoever answers.")
    var insecure = false

    @Option(help: ArgumentHelp("A proxy for every request; \"\" for none.", valueName: "url"))
    var proxy: String?

    @Option(help: ArgumentHelp("HOST:PORT:ADDRESS, as curl's --resolve. Repeatable.", valueName: "entry"))
    var resolve: [String] = []
}
