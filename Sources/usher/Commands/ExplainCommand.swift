import ArgumentParser
import Diagnostics
import Runner
import Secrets
import Tokens
import Workspace

/// `usher explain`
struct ExplainCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", _superCommandName: "usher",
        abstract: "Says why an answer was 401 or 403; shows every step to a token; or explains a rule or a word.",
        discussion: """
            With an identity: names and kinds of what is sent and of what comes, when, the token's claims, and what an \
            error means. With a report that 'usher run --json FILE' wrote: each 401 and 403 that was not expected, with \
            the answer's challenge, the token at that time, the likeliest reason and the rule behind it. With the id of \
            a rule (RES-03) or of a vendor's promise (ZV-01): what it says and who says so, what is sent to try it, what \
            counts, why it matters, and what its words mean. With such a word (scope): what it means. Only for an \
            identity is anything sent.
            """)

    @Argument(
        help: "The identity, a report's file, a rule or promise, or a word. An identity of that name comes first.")
    var name: String

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var transfer: TransferOptions

    func run(output: OutputSeam) async -> ExitStatus {
        let problems = Problems(output)
        switch ExplainedName(name, environment) {
        case .text(let text):
            output.print(text)
            return .passed
        case .unknown(let diagnostic):
            problems.print(DiagnosticBag([diagnostic]))
            return .invalid
        case .report(let path): return explainReport(path, output, problems)
        case .identity: return await explainIdentity(output, problems)
        }
    }

    private func explainReport(_ path: String, _ output: OutputSeam, _ problems: Problems) -> ExitStatus {
        var bag = DiagnosticBag()
        switch Files.read(path) {
        case .failure(let error):
            problems.print("\(error)")
            return .invalid
        case .success(let bytes):
            guard let report = SavedReport(SourceFile(path: path, bytes: bytes), into: &bag) else {
                problems.print(bag)
                return .invalid
            }
            output.print(ReportText(report: report, redactor: output.redactor).text)
            return .passed
        }
    }

    private func explainIdentity(_ output: OutputSeam, _ problems: Problems) async -> ExitStatus {
        guard let session = await IdentitySession([name], environment, transfer, output, problems)
        else { return .invalid }
        let control = RunControl()
        return await Interrupts.run(control) {
            let status = await explain(session, output, problems)
            return control.signal.map { .interrupted(signal: $0) } ?? status
        }
    }

    private func explain(_ session: IdentitySession, _ output: OutputSeam, _ problems: Problems) async -> ExitStatus {
        let clock = TokenClock.system
        do {
            let (checked, exchanges) = try await session.withTransport { transport in
                let recorder = ExchangeRecorder(transport, wall: clock.wall)
                let check = CredentialCheck(
                    recorder: recorder, functions: session.functions, redactor: output.redactor, clock: clock,
                    person: .here(output), store: session.store(output), timeout: session.timeout)
                let results = await check.run(session.names, in: session.directory)
                return (results.first, recorder.exchanges(of: name))
            }
            guard let checked else { return .noVerdict }
            output.print(CredentialText(checked: checked, exchanges: exchanges, redactor: output.redactor).text)
            switch checked.status {
            case .passed: return .passed
            case .failed: return .failed
            case .noVerdict: return .noVerdict
            }
        } catch {
            problems.print(Sentence.of(error))
            return .noVerdict
        }
    }
}
