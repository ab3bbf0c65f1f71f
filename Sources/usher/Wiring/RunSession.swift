import CurlTransport
import Diagnostics
import HTTP
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
    let command: RunCommand
    let settings: ProjectSettings
    let plan: RunPlan
    let given: Scope.Layer
    let output: OutputSeam
    let problems: Problems
    private let control = RunControl()
    private let clock = TokenClock.system

    func run() async -> ExitStatus {
        await Interrupts.run(control) { await runToEnd() }
    }

    private func runToEnd() async -> ExitStatus {
        let reports: ReportFanout
        do {
            reports = try openReports()
        } catch {
            problems.print("\(error)")
            return .noVerdict
        }
        do {
            let totals = try await send(to: reports)
            reports.receive(.runFinished(totals))
            return finish(reports, totals)
        } catch {
            _ = reports.close()
            problems.print(Sentence.of(error))
            return .noVerdict
        }
    }

    private func send(to reports: ReportFanout) async throws -> RunTotals {
        let functions = FunctionTable.standard().adding(CryptoFunctions.all)
        let directory = await IdentityDirectory(
            plan: plan, binder: IdentityBinder(functions: functions, redactor: output.redactor),
            world: .process(
                command.environment, TransferWiring(options: command.transfer, settings: settings), output.redactor))
        problems.warn(output.redactor.warnings)
        let sandbox = command.environment.sandbox ? try await SandboxSession.start(directory.bound) : nil
        var totals: RunTotals
        do {
            let lanes = min(jobs, max(1, plan.collections.count))
            let wiring = TransferWiring(options: command.transfer, settings: settings)
            let transport = try CurlTransport(wiring.transport(lanes: lanes, sandbox))
            let exchange = TokenExchange(
                transport: transport, functions: functions, redactor: output.redactor, clock: clock)
            let cache = CacheWiring(
                options: command.cache, settings: settings, isSandbox: command.environment.sandbox)
            let broker = TokenBroker(exchange, store: cache.store(output), isFresh: cache.isFresh)
            let curl = CurlLine(redactor: output.redactor)
            let context = RunContext(
                transport: transport, identities: directory,
                credentials: CredentialDesk(directory: directory, broker: broker),
                redactor: output.redactor, functions: functions, control: control, given: given,
                defaults: wiring.defaults, failFast: command.failFast || settings.flag("fail-fast") ?? false,
                describe: { curl.render($0, identity: $1) }, now: clock.wall)
            totals = await run(RunEngine(plan: plan, context: context, jobs: jobs), reports, directory)
            await transport.shutdown()
        } catch {
            await sandbox?.stop()
            throw error
        }
        await sandbox?.stop()
        return totals
    }

    private func run(_ engine: RunEngine, _ reports: ReportFanout, _ directory: IdentityDirectory) async -> RunTotals {
        let start = ContinuousClock.now
        reports.receive(
            .runStarted(
                RunInfo(
                    startedAt: clock.wall(), environment: plan.environment?.name,
                    isSandbox: command.environment.sandbox, requestCount: plan.requestCount,
                    notices: notices(directory))))
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
        let failures = reports.close()
        failures.forEach { problems.print($0.sentence) }
        if let signal = control.signal { return .interrupted(signal: signal) }
        if failures.contains(where: { $0.exitCode == ExitStatus.internalError.code }) { return .internalError }
        let allowEmpty = command.allowEmpty || settings.flag("allow-empty") ?? false
        let status = ExitStatus(totals, allowEmpty: allowEmpty)
        if status == .nothingRun {
            problems.print(
                (totals.cases == 0 ? "no request matches the selection" : "everything was skipped")
                    + "; with --allow-empty that is no failure")
        }
        return failures.isEmpty || status == .failed ? status : .noVerdict
    }

    private var jobs: Int { command.jobs ?? settings.integer("jobs") ?? Processors.count }

    private func openReports() throws(OutputError) -> ReportFanout {
        let options = command.reports
        let console = ConsoleReport(
            seam: output,
            options: .detect(
                isTerminal: output.isTerminal, environment: ProcessVariables.all, columns: Terminal.columns,
                noColor: options.noColor || settings.flag("no-color") ?? false,
                verbosity: options.quiet ? .quiet : options.verbose ? .verbose : .normal))
        var reports: [(name: String, report: any Report)] = [("console report", console)]
        if let path = options.junit ?? settings.text("junit") {
            let isStrict = options.junitStrict || settings.flag("junit-strict") ?? false
            let junit = try JUnitReport(path: path, form: isStrict ? .strict : .normal, seam: output)
            reports.append(("JUnit report", junit))
        }
        return ReportFanout(reports)
    }

    /// What every report must say: providers that replace built-in ones, secrets in clear outside the sandbox, checks off.
    private func notices(_ directory: IdentityDirectory) -> [String] {
        var notices = plan.providers.replacements.map {
            "the provider '\($0)' is the project's own, not the built-in one"
        }
        if command.transfer.insecure { notices.append("certificates were not checked (--insecure)") }
        if !command.environment.sandbox {
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
        case .runStarted, .collectionStarted, .collectionFinished, .runFinished: break
        }
    }
}
