import ArgumentParser

/// What of the contract is tried, and what fails the run.
struct ContractOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("Only this rule, promise or probe. Repeatable.", valueName: "id"))
    var rule: [String] = []

    @Flag(help: "Warnings fail the run too.")
    var strict = false

    @Option(
        name: .customLong("allow-class"),
        help: ArgumentHelp(
            "Send probes up to this class: 2 reads only, 3 (default) failed logins too, 4 valid credentials of others on "
                + "requests that change something and revocations of tokens got for that, 5 attack strings.",
            valueName: "n"))
    var allowClass: Int?

    @Option(
        name: .customLong("wait-expiry"),
        help: ArgumentHelp("Wait so long for a token to end where no expired one is known.", valueName: "duration"))
    var waitExpiry: DurationOption?

    func validate() throws {
        if let allowClass, !(1...5).contains(allowClass) {
            throw ValidationError("--allow-class is a number from 1 to 5.")
        }
    }
}
