import ArgumentParser
import CurlTransport
import Diagnostics
import HTTP
import Results
import Runner
import Sandbox
import Secrets
import Templates
import Tokens
import Workspace

/// `usher token`
struct TokenCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", _superCommandName: "usher",
        abstract: "Prints a token for scripts; nothing else goes to standard output.",
        discussion: "For example: curl -H \"$(usher token zarv --header)\" https://api.zarv.com/v1/resource")

    @Argument(help: "The identity.")
    var identity: String

    @Flag(help: "Print the whole header line.")
    var header = false

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var transfer: TransferOptions

    func validate() throws { try transfer.refuse(inSandbox: environment.sandbox) }

    func run(output: OutputSeam) async -> ExitStatus {
        let problems = Problems(output)
        var bag = DiagnosticBag()
        var workspace = LoadedWorkspace(into: &bag)
        let chosen = workspace.environment(environment, into: &bag)
        let providers = workspace.providers(of: identity, in: chosen, into: &bag)
        TransferWiring(options: transfer, settings: workspace.settings).check(output.redactor, into: &bag)
        problems.print(bag)
        guard !bag.hasErrors, let providers else { return .invalid }
        let functions = FunctionTable.standard().adding(CryptoFunctions.all)
        let directory = IdentityDirectory(
            [identity], environment: chosen, providers: providers,
            binder: IdentityBinder(functions: functions, redactor: output.redactor), world: .process)
        switch directory[identity] {
        case .success(let bound)?: return await fetch(bound, functions, workspace, output, problems)
        case .failure(let problem)?: problems.print(problem.message)
        case nil: problems.print("the identity '\(identity)' has no provider")
        }
        return .noVerdict
    }

    private func fetch(
        _ bound: BoundIdentity, _ functions: FunctionTable, _ workspace: LoadedWorkspace, _ output: OutputSeam,
        _ problems: Problems
    ) async -> ExitStatus {
        do {
            let sandbox = workspace.isSandbox(environment) ? try await SandboxSession.start([bound]) : nil
            let wiring = TransferWiring(options: transfer, settings: workspace.settings)
            let transport = try CurlTransport(wiring.transport(lanes: 1, sandbox))
            let broker = TokenBroker(
                TokenExchange(
                    transport: transport, functions: functions, redactor: output.redactor, timeout: wiring.timeout))
            let result = await Self.credential(bound, broker)
            await transport.shutdown()
            return try reveal(try result.get(), output, problems)
        } catch {
            problems.print(Sentence.of(error))
            return .noVerdict
        }
    }

    private static func credential(
        _ bound: BoundIdentity, _ broker: TokenBroker
    ) async -> Result<Credential, CredentialError> {
        do throws(CredentialError) {
            return .success(try await broker.credential(for: bound))
        } catch {
            return .failure(error)
        }
    }

    private func reveal(
        _ credential: Credential, _ output: OutputSeam, _ problems: Problems
    ) throws(OutputError) -> ExitStatus {
        if header {
            guard let line = credential.placements.first(where: { $0.place == .header }) else {
                problems.print("the credential of '\(identity)' is not sent in a header")
                return .noVerdict
            }
            try output.reveal(line.value, before: "\(line.name): ")
            return .passed
        }
        guard let secret = credential.token?.value ?? credential.placements.first?.value else {
            problems.print("the identity '\(identity)' has no token")
            return .noVerdict
        }
        try output.reveal(secret)
        return .passed
    }
}

extension LoadedWorkspace {
    /// The providers that one identity needs; nil where it is unknown, which was reported.
    mutating func providers(
        of name: String, in environment: Workspace.Environment?, into bag: inout DiagnosticBag
    ) -> UsedProviders? {
        guard environment?[identity: name] != nil else {
            if !bag.hasErrors { bag.add(Self.unknownIdentity(name, environment)) }
            return nil
        }
        return UsedProviders([], environment, including: [name], catalog: &catalog, into: &bag)
    }

    private static func unknownIdentity(_ name: String, _ environment: Workspace.Environment?) -> Diagnostic {
        let known = environment?.identities.map(\.name) ?? []
        return Diagnostic(
            code: "unknown-identity", "there is no identity '\(name)'",
            help: nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                ?? (known.isEmpty ? "the environment has none" : "there are: \(known.joined(separator: ", "))"))
    }
}
