import ArgumentParser
import Runner

/// Everything that commands which run collections share.
struct RunOptions: ParsableArguments, Sendable {
    @Argument(help: "Collections: files or folders (default: collections).")
    var paths: [String] = []

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var defects: DefectOptions
    @OptionGroup var variables: VariableOptions
    @OptionGroup var selection: SelectionOptions

    @Option(name: .shortAndLong, help: "Collections side by side (default: the number of cores).")
    var jobs: Int?

    @Flag(name: .customLong("fail-fast"), help: "Stop after the first request that does not pass.")
    var failFast = false

    @Flag(name: .customLong("allow-empty"), help: "No exit code 4 where nothing was run.")
    var allowEmpty = false

    @OptionGroup var cache: CacheOptions
    @OptionGroup var transfer: TransferOptions
    @OptionGroup var body: BodyOptions
    @OptionGroup var reports: ReportOptions

    func validate() throws {
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 256.") }
        try CacheWiring.check(cache, isSandbox: environment.sandbox)
        try transfer.refuse(inSandbox: environment.sandbox)
    }
}
