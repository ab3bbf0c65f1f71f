import ArgumentParser
import Runner
import Secrets
import Tokens

/// `usher explain`
struct ExplainCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", _superCommandName: "usher",
        abstract: "Gets a token for an identity and shows every step, without a value of it.",
        discussion:
            "Names and kinds of what is sent and of what comes, when, the token's claims, and what an error means.")

    @Argument(help: "The identity.")
    var identity: String

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var transfer: TransferOptions

    func run(output: OutputSeam) async -> ExitStatus {
        let problems = Problems(output)
        guard let session = await IdentitySession([identity], environment, transfer, output, problems)
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
                    timeout: session.timeout)
                let results = await check.run(session.names, in: session.directory)
                return (results.first, recorder.exchanges(of: identity))
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
