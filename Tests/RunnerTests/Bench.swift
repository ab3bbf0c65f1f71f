import Contract
import Diagnostics
import HTTP
import Providers
import Results
import Secrets
import Synchronization
import Templates
import TestSupport
import Testing
import Tokens
import Workspace

@testable import Runner

/// Reads, plans and runs collections in the process, with a transport that answers from a script.
struct RunBench {
    var environment: String?
    var given: Scope.Layer = [:]
    var selection = RunSelection()
    var failFast = false
    var variables: [String: String] = [:]
    var isCI = false
    var contract = ContractExtent.none
    var policy = ContractPolicy(today: "2026-11-25")
    /// Provider files of the project.
    var providers: [String] = []
    /// What else sources may look at: a clock, programs.
    var world: @Sendable (inout SecretWorld) -> Void = { _ in }
    let redactor = Redactor()

    func plan(_ collections: [String]) -> (plan: RunPlan, problems: [Diagnostic]) {
        var bag = DiagnosticBag()
        let read = collections.enumerated().compactMap { index, text in
            CollectionReader.read(SourceFile(path: "collections/c\(index).json", text: text), into: &bag)
        }
        let environment = environment.flatMap { text in
            EnvironmentReader.read(SourceFile(path: "environments/test.json", text: text), into: &bag) { _, _, _ in nil
            }
        }
        var catalog = ProviderCatalog(
            files: providers.enumerated().map { SourceFile(path: "providers/p\($0).json", text: $1) }, bag: &bag)
        let providers = UsedProviders(read, environment, catalog: &catalog, into: &bag)
        let planner = Planner(
            environment: environment, providers: providers, selection: selection, givenNames: Set(given.keys),
            isCI: isCI, contract: contract, relativePath: { $0 })
        let plan = planner.plan(read, into: &bag)
        return (plan, bag.sorted)
    }

    /// The events of a run of these collections; a plan with errors is an issue.
    func run(
        _ collections: [String], jobs: Int = 1,
        _ answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse
    ) async -> (events: [RunEvent], sent: [HTTPRequest]) {
        let (plan, problems) = plan(collections)
        for problem in problems { Issue.record("\(problem)") }
        let transport = ScriptedTransport(answer)
        let functions = FunctionTable.standard().adding(CryptoFunctions.all)
        var world = SecretWorld(variables: variables) { _ in .failure(OutputError("no files here")) }
        self.world(&world)
        let directory = await IdentityDirectory(
            plan: plan, binder: IdentityBinder(functions: functions, redactor: redactor), world: world)
        let traffic = TokenTraffic()
        let exchange = TokenExchange(
            transport: transport, functions: functions, redactor: redactor, observer: traffic.observer)
        let broker = TokenBroker(exchange)
        let context = RunContext(
            transport: transport, identities: directory,
            credentials: CredentialDesk(directory: directory, broker: broker), redactor: redactor,
            functions: functions, control: RunControl(), given: given, defaults: TransferDefaults(),
            failFast: failFast,
            contract: contract == .none
                ? nil
                : ContractSession(
                    policy: policy, extent: contract, exchange: exchange, broker: broker, traffic: traffic),
            describe: { request, _, _ in request.shownURL }, now: { 0 })
        var events: [RunEvent] = []
        await RunEngine(plan: plan, context: context, jobs: jobs).run { events.append($0) }
        return (events, transport.requests)
    }
}

extension [RunEvent] {
    var outcomes: [RequestOutcome] {
        compactMap { if case .requestFinished(let outcome) = $0 { outcome } else { nil } }
    }

    /// One word each: `passed`, `failed`, `error`, or the reason of a skip.
    var verdicts: [String] {
        outcomes.map { outcome in
            switch outcome.verdict {
            case .passed: "passed"
            case .failed: "failed"
            case .error: "error"
            case .skipped(let reason): reason
            }
        }
    }

    var contract: [ContractOutcome] {
        compactMap { if case .contractFinished(let outcome) = $0 { outcome } else { nil } }
    }

    /// `read › no-credential: passed`, `read › as other on me's: Hole: …`; rules are left out.
    var cases: [String] {
        contract.compactMap { outcome in
            let name: String
            switch outcome.kind {
            case .probe(let probe): name = probe
            case .access(let caller, nil): name = "as \(caller)"
            case .access(let caller, let owner?): name = "as \(caller) on \(owner)'s"
            case .rule, .promise: return nil
            }
            return "\(outcome.subject) › \(name): \(outcome.verdict.words)"
        }
    }

    var credentials: [CredentialOutcome] {
        compactMap { if case .credentialFinished(let outcome) = $0 { outcome } else { nil } }
    }

    /// `start a`, `b`, `end a`: what reports see.
    var order: [String] {
        compactMap { event in
            switch event {
            case .collectionStarted(let info): "start \(info.name)"
            case .requestFinished(let outcome): outcome.name
            case .collectionFinished(let info): "end \(info.name)"
            case .credentialFinished(let outcome): "credential \(outcome.identity)"
            case .contractFinished(let outcome): "contract \(outcome.subject)"
            case .runStarted, .runFinished: nil
            }
        }
    }
}

extension ContractVerdict {
    var words: String {
        switch self {
        case .passed: "passed"
        case .failed(let finding): finding.kind.rawValue
        case .warned(let finding): "warned, \(finding.kind.rawValue)"
        case .noVerdict: "No verdict"
        case .skipped(let reason): reason
        }
    }
}
