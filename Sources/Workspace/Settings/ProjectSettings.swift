package import Diagnostics
package import JSON
package import Providers

/// `usher.json`: anything an option can say; member names are long option names, the command line wins.
package struct ProjectSettings: Sendable {
    package static let table = MemberTable(
        "settings file", help: "Defaults for the options of usher, and waivers for the whole project.",
        [
            MemberSpec("env", .text, "The environment used without -e."),
            MemberSpec("var", .map(.any), "Variables, as --var gives them."),
            MemberSpec("tag", .texts, "Only requests with one of these tags."),
            MemberSpec("skip-tag", .texts, "No request with one of these tags."),
            MemberSpec("jobs", .integer, "Collections side by side."),
            MemberSpec("fail-fast", .boolean, "Stop after the first request that does not pass."),
            MemberSpec("timeout", .duration, "For each attempt of requests that name none."),
            MemberSpec("junit", .text, "A JUnit report."),
            MemberSpec("junit-strict", .boolean, "The JUnit report meets the published schemas."),
            MemberSpec("max-body", .integer, "The largest body kept, in bytes."),
            MemberSpec("cacert", .text, "A PEM file with the certificate authorities to trust."),
            MemberSpec("proxy", .text, "A proxy for every request."),
            MemberSpec("allow-empty", .boolean, "No exit code 4 where nothing was run."),
            MemberSpec("no-color", .boolean, "No colours."),
            MemberSpec("cache", .boolean, "Keep tokens between runs (default: true, false where CI is set)."),
            MemberSpec("fresh-token", .boolean, "Begin each run with new tokens."),
            MemberSpec("waive", .list(.object("waiver")), "Rules of the contract that need not hold, with the reason."),
        ] + later.map { MemberSpec($0, .any, availability: .later) })

    private static let later = [
        "rate", "retry", "shard", "timings", "json", "ndjson", "tap", "html", "har", "github", "gitlab", "resolve",
        "no-cache", "allow-commands", "allow-files", "rule", "strict", "allow-class",
        "wait-expiry", "vars",
    ]

    package static let all = [table, ProviderTables.waiver]

    /// The members as they stand, checked by the table.
    private let reader: MemberReader?
    package let waivers: [Waiver]
    package let file: SourceFile?

    private init(reader: MemberReader?, waivers: [Waiver], file: SourceFile?) {
        self.reader = reader
        self.waivers = waivers
        self.file = file
    }

    package init() { self.init(reader: nil, waivers: [], file: nil) }

    /// Reads `usher.json` of the project; without one everything is at its default.
    package init(_ project: Project, into bag: inout DiagnosticBag) {
        let path = project.path("usher.json")
        guard Files.kind(path) == .file, let file = project.load(path, into: &bag) else {
            self.init()
            return
        }
        self.init(file, into: &bag)
    }

    package init(_ file: SourceFile, into bag: inout DiagnosticBag) {
        guard let root = JSONFile.read(file, into: &bag) else {
            self.init()
            return
        }
        var context = ReadingContext(file: file)
        let reader = MemberReader(root, Self.table, &context)
        let waivers = ContractReader.waivers(reader?["waive"], &context)
        if let timeout = reader?["timeout"] { _ = DurationReader.read(timeout, &context) }
        bag.add(contentsOf: context.bag)
        self.init(reader: reader, waivers: waivers, file: file)
    }

    package func text(_ name: String) -> String? { reader?.text(name) }
    package func flag(_ name: String) -> Bool? { reader?[name]?.boolean }
    package func integer(_ name: String) -> Int? { reader?[name]?.number?.int }
    package func texts(_ name: String) -> [String]? { reader?[name].map { $0.elements.compactMap(\.string) } }
    package func duration(_ name: String) -> Duration? { text(name).flatMap(DurationText.parse) }

    /// `var`: name → JSON.
    package var variables: [(name: String, value: JSONValue)] {
        reader?["var"].map { $0.members.map { ($0.name, $0.value.value) } } ?? []
    }
}
