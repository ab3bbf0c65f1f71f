import ArgumentParser
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
        let output = OutputSeam(redactor: Redactor())
        let status = await run(Array(CommandLine.arguments.dropFirst()), output: output)
        exit(status.code)
    }

    /// argument-parser would build the whole command tree for every call (1.5 ms); the command named first is parsed
    /// alone.
    static func run(_ arguments: [String], output: OutputSeam) async -> ExitStatus {
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
            return explain(error, parser, output)
        }
    }

    /// Help and version go to standard output; a usage error to standard error, with exit code 2.
    private static func explain(
        _ error: any Error, _ parser: any ParsableCommand.Type, _ output: OutputSeam
    ) -> ExitStatus {
        let message = parser.fullMessage(for: error) + "\n"
        guard parser.exitCode(for: error) != .success else {
            output.print(message)
            return .passed
        }
        output.printError(message)
        return .invalid
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
        RunCommand.self, TokenCommand.self, ValidateCommand.self, QueryCommand.self, ProvidersCommand.self,
        SandboxCommand.self,
    ]
}

/// A command that says how it ended.
protocol UsherCommand: ParsableCommand, Sendable {
    func run(output: OutputSeam) async -> ExitStatus
}
