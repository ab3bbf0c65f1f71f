import Contract
import Diagnostics
import Expectations
import HTTP
import JSON
import Providers
import Results
import Secrets
import Templates
import Tokens
import Workspace

/// Runs one collection from its first request to its last, and tells the mailbox.
struct CollectionRunner {
    let planned: PlannedCollection
    private let index: Int
    let context: RunContext
    var captures: Scope.Layer = [:]
    private var passed: Set<String> = []
    private(set) var variables: [Result<Scope.Layer, Diagnostic>] = []
    /// The exchange of the request that passed last, where the contract needs it.
    var passedExchange: PassedExchange?
    var contractLedger = ContractLedger()

    init(_ planned: PlannedCollection, index: Int, context: RunContext) {
        self.planned = planned
        self.index = index
        self.context = context
    }

    mutating func run() async {
        let info = CollectionInfo(
            name: planned.collection.name, path: planned.path, startedAt: context.now())
        let hasAfter = planned.hasAfter
        post(.collectionStarted(info))
        evaluateVariables()
        for planned in planned.requests {
            let request = planned.activated()
            if let session = context.contract {
                await runWithContract(request, session)
            } else {
                finish(request, await outcome(of: request), hasAfter)
            }
        }
        if let session = context.contract { await finishContract(session) }
        post(.collectionFinished(info))
    }

    mutating func finish(_ request: PlannedRequest, _ outcome: RequestOutcome, _ hasAfter: Bool = true) {
        if hasAfter, case .passed = outcome.verdict { passed.insert(request.fullName) }
        if context.failFast, outcome.verdict.isBad { context.control.stop(.failFast) }
        if context.contract?.extent != .alone { post(.requestFinished(outcome)) }
    }

    func post(_ event: RunEvent) {
        context.mailbox.post(LaneEvent(collection: index, event: event))
    }

    /// Once per collection run, level by level; what goes wrong is an error of the requests that would use it.
    private mutating func evaluateVariables() {
        let functions = context.functions
        let base = baseLayer
        let environment = Result { () throws(Diagnostic) -> Scope.Layer in
            try VariableEvaluator(overriding: context.given, functions: functions)
                .layer(context.identities.environment?.variables ?? VariableSet(), over: base)
        }
        for level in planned.variables {
            do throws(Diagnostic) {
                let overriding = try environment.get()
                var outer = base
                if let index = level.outer { outer.merge(try variables[index].get()) { $1 } }
                let evaluator = VariableEvaluator(overriding: overriding, functions: functions)
                var layer = try evaluator.layer(level.definitions, over: outer)
                // The base URL of a request is its sender's; here it was only lent to variables made of it.
                if layer["baseURL"] == base["baseURL"] { layer["baseURL"] = nil }
                variables.append(.success(layer))
            } catch {
                variables.append(.failure(error))
            }
        }
    }

    /// `baseURL` as far as it is known without a token, for variables that are made of it.
    private var baseLayer: Scope.Layer {
        let bound = planned.baseIdentity.flatMap { try? context.identities[$0]?.get() }
        guard let base = bound?.baseURL ?? planned.provider?.baseURL?.template.plain else { return [:] }
        return ["baseURL": TemplateValue(.string(base))]
    }

    mutating func outcome(of planned: PlannedRequest) async -> RequestOutcome {
        if let reason = skipReason(planned) { return outcome(planned, .skipped(reason)) }
        do throws(Interruption) {
            return try await exchange(planned)
        } catch {
            return outcome(planned, error.verdict)
        }
    }

    func skipReason(_ planned: PlannedRequest) -> String? {
        if let reason = planned.skip ?? context.control.skipReason { return reason }
        if Task.isCancelled { return "interrupted" }
        for name in planned.dependsOn {
            if let reason = context.credentials.deadReason(name) { return reason }
        }
        if let missing = planned.after.first(where: { !passed.contains($0) }) { return "'\(missing)' did not pass" }
        for name in planned.neededCaptures where captures[name] == nil {
            return "it needs '\(name)', which was not captured"
        }
        return nil
    }

    func outcome(
        _ planned: PlannedRequest, _ verdict: Verdict, _ duration: Duration = .zero, _ exchange: ExchangeSummary? = nil,
        attempts: Int = 1
    ) -> RequestOutcome {
        RequestOutcome(
            groups: planned.groups, name: planned.name, identity: planned.sender.name,
            span: planned.span, verdict: verdict, duration: duration, attempts: attempts,
            exchange: exchange, contractCases: context.contract == nil ? planned.contractCases : 0)
    }
}

/// Why a request ended without an answer.
enum Interruption: Error {
    case skipped(String)
    case problem(RunProblem)

    var verdict: Verdict {
        switch self {
        case .skipped(let reason): .skipped(reason)
        case .problem(let problem): .error(problem)
        }
    }

    init(_ diagnostic: Diagnostic) {
        let help = diagnostic.help.map { "; \($0)" } ?? ""
        self = .problem(RunProblem(.invalid, diagnostic.title + help, at: diagnostic.span))
    }
}

extension Verdict {
    var isBad: Bool {
        switch self {
        case .failed, .error: true
        case .passed, .skipped: false
        }
    }
}
