import ArgumentParser
import Runner
import Sandbox
import Secrets
import Workspace

/// `usher sandbox`
struct SandboxCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", _superCommandName: "usher",
        abstract: "Serves the embedded vendors on this machine until it is interrupted.",
        discussion: "Its credentials are public and stand in environments/sandbox.json; they open nothing else.")

    @Option(help: ArgumentHelp("The port for TLS (default: a free one).", valueName: "port"))
    var port = 0

    @Option(name: .customLong("http-port"), help: ArgumentHelp("The port for plain HTTP.", valueName: "port"))
    var httpPort = 0

    @Option(name: .customLong("refresh-lifetime"), help: ArgumentHelp("Of refresh tokens.", valueName: "duration"))
    var refreshLifetime: DurationOption?

    @Option(help: ArgumentHelp("Waited before every answer.", valueName: "duration"))
    var latency: DurationOption?

    @Option(
        name: .customLong("rate-limit"),
        help: ArgumentHelp("API requests allowed per client, as 100/s or 20/m.", valueName: "n/unit"))
    var rateLimit: RateOption?

    @OptionGroup var defects: DefectOptions

    @Flag(name: .customLong("list-defects"), help: "Print every fault there is, one a line, and serve nothing.")
    var listDefects = false

    func validate() throws {
        guard [port, httpPort].allSatisfy({ (0...65535).contains($0) }) else {
            throw ValidationError("A port is a number from 0 to 65535.")
        }
    }

    func run(output: OutputSeam) async -> ExitStatus {
        guard !listDefects else {
            output.print(Self.list)
            return .passed
        }
        return await serve(output)
    }

    private static var list: String {
        let width = Defect.all.map(\.id.count).max() ?? 0
        return Defect.all.map { defect in
            defect.id + String(repeating: " ", count: width - defect.id.count) + "  \(defect.summary)\n"
        }.joined()
    }

    private func serve(_ output: OutputSeam) async -> ExitStatus {
        var options = SandboxOptions()
        options.httpsPort = port
        options.httpPort = httpPort
        options.tokenLifetime = defects.tokenLifetime?.duration
        options.lockAfter = defects.lockAfter
        options.refreshLifetime = refreshLifetime?.duration
        options.latency = latency?.duration ?? .zero
        options.apiRateLimit = rateLimit?.limit
        options.defects = defects.defects
        let server = SandboxServer(options: options)
        let control = RunControl()
        return await Interrupts.run(control) { [options] in
            do {
                let greeting = try SandboxGreeting(try await server.start(), options)
                output.print(greeting.text)
                while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
                // The server ends with the process, see SandboxSession.
                greeting.removeCertificate()
                return .interrupted(signal: control.signal ?? 2)
            } catch {
                if let signal = control.signal { return .interrupted(signal: signal) }
                Problems(output).print(Sentence.of(error))
                return .noVerdict
            }
        }
    }
}

/// `100/s`, `20/m`.
struct RateOption: ExpressibleByArgument, Sendable {
    let limit: RateLimit

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), count > 0 else { return nil }
        switch parts[1] {
        case "s": limit = RateLimit(count: count, per: .seconds(1))
        case "m": limit = RateLimit(count: count, per: .seconds(60))
        default: return nil
        }
    }
}
