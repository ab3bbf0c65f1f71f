import Diagnostics
import JSON
package import Results
package import Secrets

/// Writes a run as JSON (`--json`): the form that `usher explain` and scripts read; `ReportTables` describes it.
///
/// One case a line, so that two reports can be compared line by line. Cases go to a spool as they happen; at `close`
/// they are copied below the heads of their collections, masked once more where a secret became known after them.
package final class JSONReport: Report {
    /// Changes when a member changes its meaning or goes; new ones may come at any time.
    package static let version = 1

    private struct Section {
        /// The members of the collection.
        let head: [(String, JSONValue?)]
        /// Where its cases lie in the spool.
        var cases: Range<Int>
    }

    private let file: ReportFile
    private let spool: ReportSpool
    private let redactor: Redactor
    private let usherVersion: String
    private let relativePath: (String) -> String
    private var info: RunInfo?
    private var totals: RunTotals?
    private var sections: [Section] = []
    private var credentials: [JSONValue] = []
    private var lines = LineCounter()

    /// Makes the folder of `path` and the unfinished file in it, so that a place that cannot be written to is known
    /// before anything is sent.
    ///
    /// - Parameter relativePath: maps the path of a source file to the one shown, relative to the project's root.
    package init(
        path: String, usherVersion: String, seam: OutputSeam, relativePath: @escaping (String) -> String = { $0 }
    ) throws(OutputError) {
        self.usherVersion = usherVersion
        self.relativePath = relativePath
        file = try seam.file(path, .json)
        spool = seam.spool(beside: file)
        redactor = seam.redactor
    }

    /// Bytes held in memory for the cases so far.
    var buffered: Int { spool.buffered }

    package func receive(_ event: RunEvent) throws {
        switch event {
        case .runStarted(let info): self.info = info
        case .collectionStarted(let collection): start(collection)
        case .requestFinished(let outcome): try add(JSONCase.value(outcome, place(outcome.span)))
        case .contractFinished(let outcome): try add(JSONCase.value(outcome, place(outcome.span)))
        case .collectionFinished: break
        case .credentialFinished(let outcome):
            credentials.append(JSONCase.value(outcome, place(outcome.span)).redacted(by: redactor))
        case .runFinished(let totals): self.totals = totals
        }
    }

    package func close() throws {
        try emit("{\n" + members(head).joined(separator: ",\n") + ",\n\"collections\": [")
        for (index, section) in sections.enumerated() {
            try emit((index == 0 ? "\n" : ",\n") + "{" + members(section.head).joined(separator: ", "))
            try emit(", \"cases\": [")
            try copy(section.cases)
            try emit("]}")
        }
        try emit(sections.isEmpty ? "],\n" : "\n],\n")
        try emit("\"credentials\": [" + credentials.map { "\n" + masked($0).text() }.joined(separator: ","))
        try emit((credentials.isEmpty ? "]" : "\n]") + members(tail).map { ",\n" + $0 }.joined() + "\n}\n")
        try file.close()
    }

    private func start(_ collection: CollectionInfo) {
        let head: [(String, JSONValue?)] = [
            ("name", .string(collection.name)), ("path", .string(collection.path)),
            ("startedAt", .string(CalendarTime(collection.startedAt).rfc3339)),
        ]
        sections.append(Section(head: head, cases: spool.size..<spool.size))
    }

    private func add(_ value: JSONValue) throws(OutputError) {
        try spool.appendRedacted(Array((value.redacted(by: redactor).text() + "\n").utf8))
        guard let last = sections.indices.last else { return }
        sections[last].cases = sections[last].cases.lowerBound..<spool.size
    }

    private func place(_ span: Span) -> JSONCase.Place {
        JSONCase.Place(file: relativePath(span.file.path), line: lines.line(of: span))
    }

    // MARK: Parts of the file

    private var head: [(String, JSONValue?)] {
        [
            ("version", .number(JSONNumber(Self.version))), ("usher", .string(usherVersion)),
            ("startedAt", info.map { .string(CalendarTime($0.startedAt).rfc3339) }),
            ("environment", info?.environment.map { .string($0) }), ("sandbox", .boolean(info?.isSandbox ?? false)),
            ("notices", .array((info?.notices ?? []).map { .string($0) })),
        ]
    }

    private var tail: [(String, JSONValue?)] {
        let totals = totals ?? RunTotals()
        let counts = [
            ("passed", totals.passed), ("failed", totals.failed), ("errors", totals.errors),
            ("skipped", totals.skipped), ("warnings", totals.warnings),
            ("contractCasesNotRun", totals.contractCasesNotRun),
        ]
        return [
            ("totals", .object(JSONObject(counts.map { ($0.0, .number(JSONNumber($0.1))) }))),
            ("duration", .number(JSONNumber(totals.duration.wholeMilliseconds))),
            ("interrupted", .boolean(totals.isInterrupted)),
        ]
    }

    private func members(_ members: [(String, JSONValue?)]) -> [String] {
        members.compactMap { name, value in value.map { "\"\(name)\": \(masked($0).text())" } }
    }

    private func masked(_ value: JSONValue) -> JSONValue { value.redacted(by: redactor) }

    /// One case a line, as they lie in the spool.
    private func copy(_ cases: Range<Int>) throws(OutputError) {
        var isFirst = true
        try spool.read(cases) { (bytes) throws(OutputError) in
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                try file.writeRedacted(Array((isFirst ? "\n" : ",\n").utf8) + masked(line))
                isFirst = false
            }
        }
        if !isFirst { try emit("\n") }
    }

    /// Secrets may be known by now that were not when the case ended.
    private func masked(_ line: ArraySlice<UInt8>) -> [UInt8] {
        let bytes = Array(line)
        guard redactor.finds(in: bytes), let document = try? JSONDocument.parse(bytes) else { return bytes }
        return Array(masked(document.root.value).text().utf8)
    }

    private func emit(_ text: String) throws(OutputError) {
        try file.writeRedacted(Array(text.utf8))
    }
}

extension JSONValue {
    /// All texts masked, the names of members left as they are.
    func redacted(by redactor: Redactor) -> JSONValue {
        switch self {
        case .string(let text): .string(redactor.redact(text))
        case .array(let values): .array(values.map { $0.redacted(by: redactor) })
        case .object(let object): .object(JSONObject(object.map { ($0.name, $0.value.redacted(by: redactor)) }))
        case .null, .boolean, .number: self
        }
    }
}
