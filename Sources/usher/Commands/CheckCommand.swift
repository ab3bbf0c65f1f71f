import ArgumentParser
import Reports
import Results
import Runner
import Secrets
import Tokens
import Workspace

/// `usher check`
struct CheckCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: "usher",
        abstract: "Gets a fresh token for each identity and looks at it.",
        discussion: """
            Reports lifetime, scopes, audience, claims, the clock and the provider's verify call; never the token. \
            Exit codes: 0 all are good, 1 one was refused, 2 usage error or invalid file, 3 no verdict (network, TLS, \
            throttled, secret not bound).
            """)

    @Argument(help: "The identities (default: all of the environment).")
    var identities: [String] = []

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var transfer: TransferOptions

    @Option(help: ArgumentHelp("Write the results as JSON.", valueName: "file"))
    var json: String?

    @Option(help: ArgumentHelp("Write a JUnit XML report.", valueName: "file"))
    var junit: String?

    func run(output: OutputSeam) async -> ExitStatus {
        let problems = Problems(output)
        guard let session = await IdentitySession(identities, environment, transfer, output, problems)
        else { return .invalid }
        do throws(OutputError) {
            if let json { try ReportTarget.check(json, against: session.inputs) }
            if let junit {
                try ReportTarget.check(junit, against: session.inputs, others: [json].compactMap(\.self))
            }
        } catch {
            problems.print("\(error)")
            return .invalid
        }
        let control = RunControl()
        return await Interrupts.run(control) {
            let status = await check(session, output, problems)
            return control.signal.map { .interrupted(signal: $0) } ?? status
        }
    }

    private func check(_ session: IdentitySession, _ output: OutputSeam, _ problems: Problems) async -> ExitStatus {
        let clock = TokenClock.system
        let start = clock.wall()
        do {
            let results = try await session.withTransport(lanes: 8) { transport in
                let recorder = ExchangeRecorder(transport, wall: clock.wall)
                let check = CredentialCheck(
                    recorder: recorder, functions: session.functions, redactor: output.redactor, clock: clock,
                    person: .here(output), store: session.store(output), timeout: session.timeout)
                return await check.run(session.names, in: session.directory)
            }
            output.print(CheckText(redactor: output.redactor).lines(results))
            try write(results, session, start, output)
            return Self.status(results)
        } catch {
            problems.print(Sentence.of(error))
            return .noVerdict
        }
    }

    private func write(
        _ results: [CheckedCredential], _ session: IdentitySession, _ start: Int64, _ output: OutputSeam
    ) throws {
        if let json {
            let form = CheckJSON(
                environment: session.environment?.name, isSandbox: session.isSandbox, startedAt: start)
            let file = try output.file(json)
            try file.write(form.text(results))
            try file.close()
        }
        guard let junit else { return }
        let report = try JUnitReport(path: junit, seam: output)
        try report.receive(
            .runStarted(
                RunInfo(
                    startedAt: start, environment: session.environment?.name, isSandbox: session.isSandbox,
                    requestCount: 0)))
        for result in results { try report.receive(.credentialFinished(result.outcome)) }
        try report.receive(.runFinished(RunTotals()))
        try report.close()
    }

    private static func status(_ results: [CheckedCredential]) -> ExitStatus {
        if results.isEmpty { return .nothingRun }
        if results.contains(where: { $0.status == .failed }) { return .failed }
        return results.contains { $0.status == .noVerdict } ? .noVerdict : .passed
    }
}

extension CheckedCredential {
    /// As the credentials suite of a run shows it.
    fileprivate var outcome: CredentialOutcome {
        CredentialOutcome(
            identity: identity, provider: provider, span: span,
            problem: problem.map { problem in
                RunProblem(
                    problem.reason.kind, "\(problem.reason.phrase): \(problem.message); \(problem.advice)",
                    at: problem.place ?? span)
            },
            duration: duration, tokenRequests: tokenRequests)
    }
}

extension CredentialDiagnosis.Reason {
    fileprivate var kind: RunProblem.Kind {
        switch self {
        case .secretNotBound: .secret
        case .network: .network
        case .tls: .tls
        case .configuration: .invalid
        case .interrupted: .interrupted
        case .signIn, .inactive, .wrongSecret, .notAccepted, .unknownClient, .expiredCredential, .scopeRefused,
            .verifyFailed,
            .throttled, .clock, .service, .badAnswer:
            .token
        }
    }
}
