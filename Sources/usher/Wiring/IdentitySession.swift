import CurlTransport
import Diagnostics
import Runner
import Secrets
import Templates
import Tokens
import Workspace

/// What commands about identities share: the files read, the identities bound, a transport for a while.
struct IdentitySession: Sendable {
    let environment: Workspace.Environment?
    let settings: ProjectSettings
    let directory: IdentityDirectory
    let functions: FunctionTable
    let transfer: TransferOptions
    let isSandbox: Bool
    let names: [String]
    /// Paths of what was read.
    let inputs: [String]

    /// nil where a file or an option is wrong; that was printed.
    ///
    /// - Parameter names: empty: all identities of the environment.
    init?(
        _ names: [String], _ options: EnvironmentOptions, _ transfer: TransferOptions, _ output: OutputSeam,
        _ problems: Problems
    ) async {
        var bag = DiagnosticBag()
        var workspace = LoadedWorkspace(into: &bag)
        let chosen = workspace.environment(options, into: &bag)
        if chosen == nil, !bag.hasErrors {
            bag.error("no-environment", "there is no environment, so there are no identities", at: nil)
        }
        self.names = names.isEmpty ? chosen?.identities.map(\.name) ?? [] : names
        let providers = workspace.providers(of: self.names, in: chosen, into: &bag)
        let wiring = TransferWiring(options: transfer, settings: workspace.settings)
        wiring.check(output.redactor, into: &bag)
        problems.print(bag)
        guard !bag.hasErrors, let providers else { return nil }
        functions = FunctionTable.standard().adding(CryptoFunctions.all)
        directory = await IdentityDirectory(
            self.names, environment: chosen, providers: providers,
            binder: IdentityBinder(functions: functions, redactor: output.redactor),
            world: .process(options, wiring, output.redactor))
        problems.warn(output.redactor.warnings)
        (environment, settings) = (chosen, workspace.settings)
        (self.transfer, isSandbox) = (transfer, workspace.isSandbox(options))
        let others = [workspace.settings.file?.path, transfer.cacert ?? workspace.settings.path("cacert")]
        inputs = (chosen?.inputs ?? []) + others.compactMap(\.self) + providers.files.map(\.path)
    }

    /// `--timeout`, for token requests too.
    var timeout: Duration? { TransferWiring(options: transfer, settings: settings).timeout }

    /// What `usher.json` and the environment say about kept tokens, for commands without options of their own.
    func store(_ output: OutputSeam) -> any TokenStore {
        CacheWiring(options: nil, settings: settings, isSandbox: isSandbox).store(output)
    }

    /// Runs work with a transport, and with the sandbox where that was asked for; both are shut down afterwards.
    func withTransport<Value: Sendable>(
        lanes: Int = 1, _ work: (CurlTransport) async -> Value
    ) async throws -> Value {
        let sandbox = isSandbox ? try await SandboxSession.start(directory.bound) : nil
        let transport = try CurlTransport(
            TransferWiring(options: transfer, settings: settings).transport(lanes: lanes, sandbox))
        let value = await work(transport)
        await transport.shutdown()
        return value
    }
}

extension LoadedWorkspace {
    /// The providers that these identities need; nil where one is unknown, which was reported.
    mutating func providers(
        of names: [String], in environment: Workspace.Environment?, into bag: inout DiagnosticBag
    ) -> UsedProviders? {
        let unknown = names.filter { environment?[identity: $0] == nil }
        guard unknown.isEmpty else {
            if !bag.hasErrors { for name in unknown { bag.add(Self.unknownIdentity(name, environment)) } }
            return nil
        }
        return UsedProviders([], environment, including: names, catalog: &catalog, into: &bag)
    }

    private static func unknownIdentity(_ name: String, _ environment: Workspace.Environment?) -> Diagnostic {
        let known = environment?.identities.map(\.name) ?? []
        return Diagnostic(
            code: "unknown-identity", "there is no identity '\(name)'",
            help: nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                ?? (known.isEmpty ? "the environment has none" : "there are: \(known.joined(separator: ", "))"))
    }
}
