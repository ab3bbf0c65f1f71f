import ArgumentParser
import Diagnostics
import Sandbox

/// Which faults the embedded vendors have; of no use without them.
struct DefectOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("defect"),
        help: ArgumentHelp(
            "A fault of the embedded vendors, by the rule or promise it breaks. Repeatable.",
            discussion: "usher sandbox --list-defects names them.", valueName: "id"))
    var ids: [String] = []

    @Option(
        name: .customLong("token-lifetime"),
        help: ArgumentHelp("How long the tokens of the embedded vendors live.", valueName: "duration"))
    var tokenLifetime: DurationOption?

    @Option(
        name: .customLong("lock-after"),
        help: ArgumentHelp("Let the embedded vendors lock a client after so many failed logins.", valueName: "n"))
    var lockAfter: Int?

    var defects: Set<Defect> { Set(ids.compactMap(Defect.named)) }

    func validate() throws {
        if let lockAfter, lockAfter < 1 { throw ValidationError("--lock-after is a number of failed logins.") }
        for id in ids where Defect.named(id) == nil { throw ValidationError(Self.sentence(unknown: id)) }
    }

    /// What is wrong where they are given and no sandbox is asked for.
    func problem(isSandbox: Bool) -> Diagnostic? {
        guard !isSandbox, !ids.isEmpty || tokenLifetime != nil || lockAfter != nil else { return nil }
        let option = ids.isEmpty ? tokenLifetime == nil ? "--lock-after" : "--token-lifetime" : "--defect"
        return Diagnostic(
            code: "defect-without-sandbox",
            "\(option) is for the embedded vendors", help: "add --sandbox")
    }

    private static func sentence(unknown id: String) -> String {
        if let reason = Defect.without[id] { return "No fault of the sandbox breaks \(id): \(reason)." }
        let near = nearest(to: id.uppercased(), among: Defect.all.map(\.id)).map { "did you mean '\($0)'?" }
        return "There is no defect '\(id)': \(near ?? "usher sandbox --list-defects names them")"
    }
}
