package import Diagnostics
package import JSON
package import Providers
import Templates

/// `usher.json`: anything an option can say; member names are long option names, the command line wins.
package struct ProjectSettings: Sendable {
    package static let table = MemberTable(
        "settings file", help: "Defaults for the options of usher, and waivers for the whole project.",
        [
            MemberSpec("env", .text, "The environment used without -e."),
            MemberSpec("var", .map(.any), "Variables, as --var gives them."),
            MemberSpec("tag", .texts, "Only requests with one of these tags."),
            MemberSpec("skip-tag", .texts, "No request with one of these tags."),
            MemberSpec("request", .texts, "Only these requests and what they need."),
            MemberSpec("sandbox", .boolean, "Send everything to the embedded vendors."),
            MemberSpec("jobs", .integer, "Collections side by side."),
            MemberSpec("fail-fast", .boolean, "Stop after the first request that does not pass."),
            MemberSpec("timeout", .duration, "For each attempt, in place of what files say."),
            MemberSpec("junit", .text, "A JUnit report; relative to this file."),
            MemberSpec("json", .text, "The run as JSON; relative to this file."),
            MemberSpec("junit-strict", .boolean, "The JUnit report meets the published schemas."),
            MemberSpec("max-body", .integer, "The largest body kept, in bytes."),
            MemberSpec("cacert", .text, "A PEM file with the authorities to trust; relative to this file."),
            MemberSpec("insecure", .boolean, "Accept any certificate."),
            MemberSpec("proxy", .text, "A proxy for every request."),
            MemberSpec("resolve", .texts, "HOST:PORT:ADDRESS each, as curl's --resolve."),
            MemberSpec("verbose", .boolean, "Also print method, URL, size and identity."),
            MemberSpec("quiet", .boolean, "Print only what did not pass and the summary."),
            MemberSpec("allow-empty", .boolean, "No exit code 4 where nothing was run."),
            MemberSpec("no-color", .boolean, "No colours."),
            MemberSpec("cache", .boolean, "Keep tokens between runs (default: true, false where CI is set)."),
            MemberSpec("fresh-token", .boolean, "Begin each run with new tokens."),
            MemberSpec("rule", .texts, "Only these rules, promises or probes of the contract."),
            MemberSpec("strict", .boolean, "Warnings of the contract fail the run too."),
            MemberSpec("allow-class", .integer, "Probes up to this class are sent, 1 to 5."),
            MemberSpec("wait-expiry", .duration, "How long the end of a token is waited for."),
            MemberSpec("waive", .list(.object("waiver")), "Rules of the contract that need not hold, with the reason."),
        ] + later.map { MemberSpec($0, .any, availability: .later) })

    private static let later = [
        "rate", "retry", "shard", "timings", "ndjson", "tap", "html", "har", "github", "gitlab",
        "no-cache", "allow-commands", "allow-files", "vars",
    ]

    package static let all = [table, ProviderTables.waiver]

    /// The members as they stand, checked by the table.
    private let reader: MemberReader?
    package let waivers: [Waiver]
    package let file: SourceFile?
    /// In front of relative paths; ends in `/`, or is empty.
    private let folder: String

    private init(reader: MemberReader?, waivers: [Waiver], file: SourceFile?) {
        self.reader = reader
        self.waivers = waivers
        self.file = file
        let path = file?.path ?? ""
        folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
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
        guard let root = JSONFile.read(file, into: &bag, mayHoldSecrets: true) else {
            self.init()
            return
        }
        var context = ReadingContext(file: file)
        let reader = MemberReader(root, Self.table, &context)
        let waivers = ContractReader.waivers(reader?["waive"], &context)
        if let reader { Self.checkValues(reader, &context) }
        bag.add(contentsOf: context.bag)
        self.init(reader: reader, waivers: waivers, file: file)
    }

    private static func checkValues(_ reader: MemberReader, _ context: inout ReadingContext) {
        // A proxy's password must not stand in the excerpt of somebody else's mistake.
        if let proxy = reader["proxy"], proxy.string?.contains("@") ?? false { context.file.hide(proxy.range) }
        if let timeout = reader["timeout"] { _ = DurationReader.read(timeout, &context) }
        check("jobs", 1...256, "a number from 1 to 256", reader, &context)
        if let wait = reader["wait-expiry"] { _ = DurationReader.read(wait, &context) }
        check("allow-class", 1...5, "a number from 1 to 5", reader, &context)
        check("max-body", 1...Int.max, "a number of bytes", reader, &context)
        for member in reader["var"].map({ Array($0.members) }) ?? [] where !isTemplateName(member.name) {
            context.error(
                "bad-variable-name", "'\(member.name)' cannot be used in a placeholder", at: member.nameNode,
                help: "names are a letter or '_', then letters, digits, '_', '-'")
        }
        if let quiet = reader["quiet"], quiet.boolean == true, reader["verbose"]?.boolean == true {
            context.error("quiet-and-verbose", "'quiet' and 'verbose' exclude each other", at: quiet)
        }
    }

    private static func check(
        _ name: String, _ range: ClosedRange<Int>, _ wanted: String, _ reader: MemberReader,
        _ context: inout ReadingContext
    ) {
        guard let node = reader[name], !(node.number?.int.map(range.contains) ?? false) else { return }
        context.error("bad-number", "'\(name)' is \(wanted)", at: node)
    }

    package func text(_ name: String) -> String? { reader?.text(name) }
    /// A path as it is opened: relative ones are relative to the file.
    package func path(_ name: String) -> String? {
        text(name).map { $0.hasPrefix("/") || $0.isEmpty ? $0 : folder + $0 }
    }
    package func span(_ name: String) -> Span? {
        guard let file, let node = reader?[name] else { return nil }
        return Span(file, node.range)
    }
    package func flag(_ name: String) -> Bool? { reader?[name]?.boolean }
    package func integer(_ name: String) -> Int? { reader?[name]?.number?.int }
    package func texts(_ name: String) -> [String]? { reader?[name].map { $0.elements.compactMap(\.string) } }
    package func duration(_ name: String) -> Duration? { text(name).flatMap(DurationText.parse) }

    /// `var`: name → JSON.
    package var variables: [(name: String, value: JSONValue)] {
        reader?["var"].map { $0.members.map { ($0.name, $0.value.value) } } ?? []
    }
}
