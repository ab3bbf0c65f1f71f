import ArgumentParser
import Diagnostics
import Secrets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The program: parses the one command that was named, runs it, and leaves with its exit code.
@main
enum Main {
    static func main() async {
        StandardStreams.occupy()
        let output = OutputSeam(redactor: Redactor())
        if ProcessVariables.value("GITHUB_ACTIONS") == "true" { output.announceSecretsToGitHub() }
        let status = await run(LaterWords.helpFirst(Array(CommandLine.arguments.dropFirst())), output: output)
        exit(status.code)
    }

    /// argument-parser would build the whole command tree for every call (1.5 ms); the command named first is parsed
    /// alone.
    static func run(_ arguments: [String], output: OutputSeam) async -> ExitStatus {
        if let unknown = unknownCommand(arguments) {
            Problems(output).print(DiagnosticBag([unknown]))
            return .invalid
        }
        let named = arguments.first.flatMap { word in Usher.commands.first { $0.configuration.commandName == word } }
        let parser: any ParsableCommand.Type = named ?? Usher.self
        do {
            let command = try parser.parseAsRoot(named == nil ? arguments : Array(arguments.dropFirst()))
            guard let command = command as? any UsherCommand else {
                output.print(parser.helpMessage() + "\n")
                return .passed
            }
            return await command.run(output: output)
        } catch {
            return explain(error, parser, arguments, output)
        }
    }

    private static func unknownCommand(_ arguments: [String]) -> Diagnostic? {
        let known = Usher.commands.compactMap { $0.configuration.commandName } + ["help"]
        guard let word = arguments.first, !word.hasPrefix("-"), !known.contains(word) else { return nil }
        if LaterWords.commands.contains(word) {
            return Diagnostic(code: "not-supported-yet", "'usher \(word)' is not in this version")
        }
        return Diagnostic(
            code: "unknown-command", "there is no command '\(word)'",
            help: nearest(to: word, among: known).map { "did you mean 'usher \($0)'?" }
                ?? "there are: \(known.joined(separator: ", "))")
    }

    /// Help and version go to standard output; a usage error to standard error, with exit code 2.
    private static func explain(
        _ error: any Error, _ parser: any ParsableCommand.Type, _ arguments: [String], _ output: OutputSeam
    ) -> ExitStatus {
        guard parser.exitCode(for: error) != .success else {
            output.print(parser.fullMessage(for: error) + "\n")
            return .passed
        }
        let message = usageError(error, parser, arguments)
        if let option = LaterWords.option(in: arguments, refusedBy: message) {
            Problems(output).print("\(option) is not in this version")
        } else {
            output.printError(message + "\n")
        }
        return .invalid
    }

    /// Parsed once more from the root, so that the message names the command in full.
    private static func usageError(
        _ error: any Error, _ parser: any ParsableCommand.Type, _ arguments: [String]
    ) -> String {
        do {
            _ = try Usher.parseAsRoot(arguments)
            return parser.fullMessage(for: error)
        } catch {
            return Usher.fullMessage(for: error)
        }
    }
}

/// The root: its own help and version.
struct Usher: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usher",
        abstract: "Runs collections of HTTP API requests and knows how each vendor issues access tokens.",
        discussion: """
            An usher looks at your ticket and shows you in, or doesn't. Collections, environments and providers are JSON \
            files; start with 'usher run collections --sandbox'.
            """,
        version: Version.text,
        subcommands: commands)

    static let commands: [any ParsableCommand.Type] = [
        RunCommand.self, ContractCommand.self, CheckCommand.self, TokenCommand.self, TokensCommand.self,
        ExplainCommand.self,
        ValidateCommand.self, QueryCommand.self, ProvidersCommand.self, SandboxCommand.self,
    ]
}

/// A command that says how it ended.
protocol UsherCommand: ParsableCommand, Sendable {
    func run(output: OutputSeam) async -> ExitStatus
}
