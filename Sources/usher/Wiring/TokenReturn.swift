import CurlTransport
import Diagnostics
import Providers
import Results
import Runner
import Secrets
import Templates
import Tokens
import Workspace

/// Gives kept tokens back to their providers before they are forgotten (RFC 7009), where those take them.
///
/// A token goes only to the provider of exactly the identity that it was got for: another project may have one of that
/// name. Whatever fails is a warning, since the token is to be forgotten in any case; offline, too.
struct TokenReturn {
    let environment: EnvironmentOptions
    let transfer: TransferOptions
    let output: OutputSeam

    /// Without --timeout: nobody waits long for a courtesy.
    private static let patience = Duration.seconds(10)

    /// - Returns: nil where the tokens may be forgotten now; else how the command ends: a wrong option, a signal.
    func run(_ kept: [CachedTokens.Kept], of cache: CachedTokens) async -> ExitStatus? {
        if kept.isEmpty { return nil }
        let problems = Problems(output)
        var bag = DiagnosticBag()
        var workspace = LoadedWorkspace(into: &bag)
        let chosen = workspace.environment(environment, into: &bag)
        let wiring = TransferWiring(options: transfer, settings: workspace.settings)
        wiring.check(output.redactor, into: &bag)
        if bag.hasErrors, environment.environment != nil {
            problems.print(bag)
            return .invalid
        }
        let candidates = kept.filter { Self.isTakenBack($0, &workspace.catalog) }
        if candidates.isEmpty { return nil }
        let found = Lookup(environment: chosen, reason: bag.sorted.first { $0.severity == .error }?.title)
        let directory = await found.directory(
            candidates, &workspace.catalog, .process(environment, wiring, output.redactor), output.redactor)
        let control = RunControl()
        let warnings = await Interrupts.run(control) {
            await giveBack(candidates, of: cache, found, directory, wiring)
        }
        if let signal = control.signal { return .interrupted(signal: signal) }
        problems.warn(warnings)
        return nil
    }

    /// False where it is known that the provider takes nothing back.
    private static func isTakenBack(_ kept: CachedTokens.Kept, _ catalog: inout ProviderCatalog) -> Bool {
        var bag = DiagnosticBag()
        guard let provider = catalog.provider(kept.provider, at: nil, bag: &bag) else { return true }
        return provider.tokenRules?.revoke != nil
    }

    /// What is known of the identities of the tokens.
    private struct Lookup {
        let environment: Workspace.Environment?
        /// Why there is no environment.
        let reason: String?

        func directory(
            _ kept: [CachedTokens.Kept], _ catalog: inout ProviderCatalog, _ world: SecretWorld, _ redactor: Redactor
        ) async -> IdentityDirectory {
            let names = Set(kept.map(\.identity)).filter { environment?[identity: $0] != nil }.sorted()
            var bag = DiagnosticBag()
            let providers = UsedProviders([], environment, including: names, catalog: &catalog, into: &bag)
            let functions = FunctionTable.standard().adding(CryptoFunctions.all)
            return await IdentityDirectory(
                names, environment: environment, providers: providers,
                binder: IdentityBinder(functions: functions, redactor: redactor), world: world)
        }

        /// The identity whose token it is, or why there is none.
        func owner(
            of kept: CachedTokens.Kept, in directory: IdentityDirectory, _ cache: CachedTokens
        ) -> Result<BoundIdentity, Unknown> {
            switch directory[kept.identity] {
            case .success(let identity)? where cache.isKept(kept, of: identity): return .success(identity)
            case .success?: return .failure(Unknown("it is of another environment, or its secrets have changed"))
            case .failure(let problem)?: return .failure(Unknown(problem.message))
            case nil:
                let usual = environment == nil ? "there is no environment" : "the environment has no such identity"
                return .failure(Unknown(reason ?? usual))
            }
        }
    }

    private struct Unknown: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    /// The warnings, in the order of the tokens.
    private func giveBack(
        _ kept: [CachedTokens.Kept], of cache: CachedTokens, _ lookup: Lookup, _ directory: IdentityDirectory,
        _ wiring: TransferWiring
    ) async -> [String] {
        let transport: CurlTransport
        do {
            transport = try CurlTransport(wiring.transport(lanes: 4, nil))
        } catch {
            return ["nothing was revoked: \(Sentence.of(error))"]
        }
        let exchange = TokenExchange(
            transport: transport, functions: FunctionTable.standard().adding(CryptoFunctions.all),
            redactor: output.redactor, timeout: wiring.timeout ?? Self.patience)
        let warnings = await withTaskGroup(of: (Int, String?).self) { group in
            for (index, token) in kept.enumerated() {
                let owner = lookup.owner(of: token, in: directory, cache)
                group.addTask { (index, await giveBack(token, to: owner, exchange)) }
            }
            return await group.reduce(into: [(Int, String?)]()) { $0.append($1) }
        }
        await transport.shutdown()
        return warnings.sorted { $0.0 < $1.0 }.compactMap(\.1)
    }

    private func giveBack(
        _ kept: CachedTokens.Kept, to owner: Result<BoundIdentity, Unknown>, _ exchange: TokenExchange
    ) async -> String? {
        let reason: String
        switch owner {
        case .failure(let unknown): reason = unknown.reason
        case .success(let identity):
            do throws(CredentialError) {
                if try await exchange.revoke(kept, of: identity) {
                    output.print("revoked the token of '\(kept.identity)'\n")
                }
                return nil
            } catch {
                reason = error.message
            }
        }
        return "the token of '\(kept.identity)' was not revoked: \(reason); forgotten here, it is good until it ends"
    }
}
