import ArgumentParser

/// What is written about a run.
struct ReportOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("Write a JUnit XML report.", valueName: "file"))
    var junit: String?

    @Flag(name: .customLong("junit-strict"), help: "Keep the JUnit report to what the published schemas allow.")
    var junitStrict = false

    @Option(help: ArgumentHelp("Write the run as JSON, for scripts and 'usher explain'.", valueName: "file"))
    var json: String?

    @Flag(name: .shortAndLong, help: "Also print method, URL, size and identity.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Print only what did not pass and the summary.")
    var quiet = false

    @Flag(name: .customLong("no-color"), help: "No colours.")
    var noColor = false

    func validate() throws {
        if quiet, verbose { throw ValidationError("-q and -v exclude each other.") }
    }
}
