import Contract
import CurlTransport
import Diagnostics
import HTTP
import Providers
import Reports
import Results
import Runner
import Sandbox
import Secrets
import Templates
import Tokens
import Workspace

/// One run from the plan to the exit code: reports, sandbox, transport, engine, and everything shut down again.
struct RunSession: Sendable {
    let options: RunOptions
    let contract: ContractWiring
    let workspace: LoadedWorkspace
    let plan: RunPlan
    let given: Scope.Layer
    let output: OutputSeam
    let problems: Problems
    private let control = RunControl()
    private let traffic = TokenTraffic()
    private let clock = TokenClock.system

    private var settings: ProjectSettings { workspace.settings }
    private var isSandbox: Bool { workspace.isSandbox(options.environment) }
    private var wiring: TransferWiring {
        TransferWiring(options: options.transfer, settings: settings, maxBody: options.body.maxBody)
    }

    func run() async -> ExitStatus {
        await Interrupts.run(control) { await runToEnd() }
    }

    private func runToEnd() async -> ExitStatus {
        let reports: ReportFanout
        do {
            reports = try RunReports(options: options, workspace: workspace, plan: plan, output: output).open()
        } catch {
            problems.print("\(error)")
            return error.isMisuse ? .invalid : .noVerdict
        }
        let functions = FunctionTable.standard().adding(CryptoFunctions.all)
        let directory = await IdentityDirectory(
            plan: plan, binder: IdentityBinder(functions: functions, redactor: output.redactor),
            world: .process(options.environment, wiring, output.redactor))
        do {
            let totals = try await send(to: reports, directory, functions)
            reports.receive(.runFinished(totals))
            return finish(reports, totals)
        } catch {
            return finishUnstarted(reports, directory, error)
        }
    }

    /// Nothing was sent; the reports are whole all the same.
    private func finishUnstarted(
        _ reports: ReportFanout, _ directory: IdentityDirectory, _ error: any Error
    ) -> ExitStatus {
        if control.signal == nil { problems.print(Sentence.of(error)) }
        var totals = RunTotals()
        totals.isInterrupted = control.signal != nil
        reports.receive(.runStarted(info(directory)))
        let reason = totals.isInterrupted ? "interrupted" : "the run could not start"
        for event in plan.skippedEvents(reason, at: clock.wall()) {
            totals.count(event)
            reports.receive(event)
        }
        reports.receive(.runFinished(totals))
        return close(reports, .noVerdict)
    }

    private func send(
        to reports: ReportFanout, _ directory: IdentityDirectory, _ functions: FunctionTable
    ) async throws -> RunTotals {
        let sandbox =
            isSandbox ? try await SandboxSession.start(directory.bound, options.defects) : nil
        let lanes = min(jobs, max(1, plan.collections.count))
        let transport = try CurlTransport(wiring.transport(lanes: lanes, sandbox))
        let exchange = TokenExchange(
            transport: transport, functions: functions, redactor: output.redactor, clock: clock,
            person: .here(output), timeout: wiring.timeout,
            observer: contract.extent == .none ? nil : traffic.observer)
        let cache = CacheWiring(options: options.cache, settings: settings, isSandbox: isSandbox)
        let broker = TokenBroker(exchange, store: cache.store(output), isFresh: cache.isFresh)
        let curl = CurlLine(redactor: output.redactor, route: route)
        let context = RunContext(
            transport: transport, identities: directory,
            credentials: CredentialDesk(directory: directory, broker: broker),
            redactor: output.redactor, functions: functions, control: control, given: given,
            defaults: wiring.defaults, failFast: options.failFast || settings.flag("fail-fast") ?? false,
            contract: contractSession(exchange, broker),
            describe: { curl.render($0, identity: $1, redirects: $2) }, now: clock.wall)
        let totals = await run(RunEngine(plan: plan, context: context, jobs: jobs), reports, directory)
        if totals.isInterrupted { await broker.cancelAll() }
        await transport.shutdown()
        return totals
    }

    private func contractSession(_ exchange: TokenExchange, _ broker: TokenBroker) -> ContractSession? {
        guard contract.extent != .none else { return nil }
        let policy = contract.policy(settings, plan.environment, isSandbox: isSandbox, now: clock.wall())
        return ContractSession(
            policy: policy, extent: contract.extent, exchange: exchange, broker: broker, traffic: traffic)
    }

    private var route: CurlLine.Route {
        var route = CurlLine.Route()
        route.environment = options.environment.environment
        route.options = wiring.commandWords
        route.isSandbox = isSandbox
        return route
    }

    private func info(_ directory: IdentityDirectory) -> RunInfo {
        RunInfo(
            startedAt: clock.wall(), environment: plan.environment?.name, isSandbox: isSandbox,
            requestCount: plan.requestCount, notices: notices(directory))
    }

    private func run(_ engine: RunEngine, _ reports: ReportFanout, _ directory: IdentityDirectory) async -> RunTotals {
        let start = ContinuousClock.now
        reports.receive(.runStarted(info(directory)))
        var totals = RunTotals()
        await engine.run { event in
            totals.count(event)
            reports.receive(event)
        }
        totals.duration = start.duration(to: .now)
        totals.isInterrupted = control.signal != nil
        return totals
    }

    private func finish(_ reports: ReportFanout, _ totals: RunTotals) -> ExitStatus {
        let allowEmpty = options.allowEmpty || settings.flag("allow-empty") ?? false
        let status = close(reports, ExitStatus(totals, allowEmpty: allowEmpty))
        if status == .nothingRun {
            problems.print(
                (totals.cases == 0 ? "no request matches the selection" : "everything was skipped")
                    + "; with --allow-empty that is no failure")
        }
        return status
    }

    /// Completes the reports; one that is missing is worse than most of what the run itself ended with.
    private func close(_ reports: ReportFanout, _ status: ExitStatus) -> ExitStatus {
        let failures = reports.close()
        failures.forEach { problems.print($0.sentence) }
        if let signal = control.signal { return .interrupted(signal: signal) }
        if failures.contains(where: { $0.exitCode == ExitStatus.internalError.code }) { return .internalError }
        return failures.isEmpty || status == .failed ? status : .noVerdict
    }

    private var jobs: Int { options.jobs ?? settings.integer("jobs") ?? Processors.count }

    /// What every report must say: providers that replace built-in ones, secrets that cannot be masked as one expects,
    /// secrets in clear outside the sandbox, checks off.
    private func notices(_ directory: IdentityDirectory) -> [String] {
        var notices = plan.providers.replacements.map {
            "the provider '\($0)' is the project's own, not the built-in one"
        }
        notices += output.redactor.warnings
        if !isSandbox {
            if wiring.isInsecure { notices.append("certificates were not checked (--insecure)") }
            for identity in directory.bound.map(\.name).sorted()
            where plan.environment?[identity: identity]?.hasLiterals == true {
                notices.append("the identity '\(identity)' has secrets in clear in its environment file")
            }
        }
        return notices
    }
}

extension RunTotals {
    fileprivate mutating func count(_ event: RunEvent) {
        switch event {
        case .requestFinished(let outcome):
            count(outcome.verdict)
            contractCasesNotRun += outcome.contractCases
        case .credentialFinished(let outcome):
            count(outcome.problem.map { .error($0) } ?? .passed)
        case .contractFinished(let outcome): count(outcome.verdict)
        case .runStarted, .collectionStarted, .collectionFinished, .runFinished: break
        }
    }
}
