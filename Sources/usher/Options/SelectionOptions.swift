import ArgumentParser

/// Which requests run.
struct SelectionOptions: ParsableArguments, Sendable {
    @Option(help: "Only requests with this tag. Repeatable.")
    var tag: [String] = []

    @Option(
        name: .customLong("skip-tag"), help: ArgumentHelp("No request with this tag. Repeatable.", valueName: "tag"))
    var skipTag: [String] = []

    @Option(help: ArgumentHelp("Only this request and what it needs. Repeatable.", valueName: "name"))
    var request: [String] = []
}
