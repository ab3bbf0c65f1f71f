import ArgumentParser

/// How requests travel.
struct TransferOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("For each attempt, as 10s; in place of what files say.", valueName: "duration"))
    var timeout: DurationOption?

    @Option(help: ArgumentHelp("Trust these certificate authorities instead of the system's.", valueName: "file"))
    var cacert: String?

    @Flag(help: "Accept any certificate. Credentials are then sent to whoever answers.")
    var insecure = false

    @Option(help: ArgumentHelp("A proxy for every request; \"\" for none.", valueName: "url"))
    var proxy: String?

    @Option(help: ArgumentHelp("HOST:PORT:ADDRESS, as curl's --resolve. Repeatable.", valueName: "entry"))
    var resolve: [String] = []

    func validate() throws {
        if let proxy, let objection = ProxyAddress(proxy).objection {
            throw ValidationError("--proxy \(objection).")
        }
        for entry in resolve {
            guard let objection = ResolveEntry.objection(to: entry) else { continue }
            throw ValidationError("--resolve \(objection).")
        }
    }

    /// Options that would change nothing beside `--sandbox` are a mistake.
    func refuse(inSandbox isSandbox: Bool) throws {
        guard isSandbox, insecure || cacert != nil || proxy != nil || !resolve.isEmpty else { return }
        throw ValidationError(
            "--sandbox brings its own certificates and addresses; leave out --insecure, --cacert, --proxy, --resolve.")
    }
}

/// How much of an answer is taken.
struct BodyOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("max-body"), help: ArgumentHelp("The largest body kept (default 10 MiB).", valueName: "bytes")
    )
    var maxBody: Int?

    func validate() throws {
        if let maxBody, maxBody < 1 { throw ValidationError("--max-body is a number of bytes.") }
    }
}
