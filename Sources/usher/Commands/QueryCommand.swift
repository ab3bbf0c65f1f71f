import ArgumentParser
import Diagnostics
import JSON
import Secrets
import Workspace

/// `usher query`
struct QueryCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", _superCommandName: "usher",
        abstract: "Tries a query on a saved body and prints the matches as a JSON array.",
        discussion: "Exit code 1 where nothing matches, 2 where the query is invalid.")

    @Option(help: ArgumentHelp("A JSONPath (RFC 9535).", valueName: "path"))
    var json: String?

    @Option(help: ArgumentHelp("A regular expression; prints its first group, or the whole match.", valueName: "re"))
    var regex: String?

    @Argument(help: "The file; - for standard input.")
    var file: String

    func validate() throws {
        guard (json == nil) != (regex == nil) else {
            throw ValidationError("Give one query: --json PATH or --regex RE.")
        }
    }

    func run(output: OutputSeam) async -> ExitStatus {
        let problems = Problems(output)
        let matches: [JSONValue]
        do throws(Diagnostic) {
            matches = try self.matches()
        } catch {
            problems.print(DiagnosticBag([error]))
            return .invalid
        }
        do throws(OutputError) {
            try output.printResult(JSONValue.array(matches).text(.pretty) + "\n")
            return matches.isEmpty ? .failed : .passed
        } catch {
            problems.print("\(error)")
            return .noVerdict
        }
    }

    private func matches() throws(Diagnostic) -> [JSONValue] {
        if let json {
            let path = try compile(json, "--json") { (text) throws(QueryError) in
                try JSONPath(parsing: text)
            }
            return try path.select(document().root).map(\.value)
        }
        let text = regex ?? ""
        let expression = try compile(text, "--regex") { (text) throws(QueryError) in
            try RegularExpression(parsing: text, dialect: .search)
        }
        return expression.allMatches(in: String(decoding: try bytes(), as: UTF8.self)).map { match in
            .string(String((match.groups.first ?? nil) ?? match.text))
        }
    }

    /// A wrong query is shown like a wrong line in a file, with carets.
    private func compile<Query>(
        _ text: String, _ option: String, _ parse: (String) throws(QueryError) -> Query
    ) throws(Diagnostic) -> Query {
        do throws(QueryError) {
            return try parse(text)
        } catch {
            throw Diagnostic(
                code: "bad-query", error.reason, at: Span(SourceFile(path: option, text: text), error.range),
                help: error.help)
        }
    }

    private func document() throws(Diagnostic) -> JSONDocument {
        let content = try bytes()
        do throws(JSONError) {
            return try JSONDocument.parse(content)
        } catch {
            // A saved answer may well be one that holds a token.
            let source = SourceFile(path: file, bytes: content)
            var bag = DiagnosticBag()
            _ = JSONFile.read(source, into: &bag, mayHoldSecrets: true)
            throw bag.diagnostics.first ?? JSONFile.diagnostic(error, in: source)
        }
    }

    private func bytes() throws(Diagnostic) -> [UInt8] {
        switch file == "-" ? Files.readStandardInput() : Files.read(file) {
        case .success(let bytes): return bytes
        case .failure(let error): throw Diagnostic(code: "cannot-read", "\(error)")
        }
    }
}
