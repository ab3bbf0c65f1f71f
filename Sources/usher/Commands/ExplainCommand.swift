import ArgumentParser
import Diagnostics
import Runner
import Secrets
import Tokens

/// `usher explain`
struct ExplainCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", _superCommandName: "usher",
        abstract: "Gets a token and shows every step, without a value of it; or explains a rule.",
        discussion: """
            With an identity: names and kinds of what is sent and of what comes, when, the token's claims, and what an \
            error means. With the id of a rule (RES-03) or of a vendor's promise (ZV-01): what it says and who says so, \
            what is sent to try it, and what counts; nothing is sent.
            """)

    @Argument(help: "The identity, or the id of a rule or promise. An identity of that name comes first.")
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
        case .identity: return await explainIdentity(output, problems)
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
            output.print(ExplainText(checked: checked, exchanges: exchanges, redactor: output.redactor).text)
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
