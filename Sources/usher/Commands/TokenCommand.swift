import ArgumentParser
import HTTP
import JSON
import Results
import Runner
import Secrets
import Tokens

/// `usher token`
struct TokenCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", _superCommandName: "usher",
        abstract: "Prints a token for scripts; nothing else goes to standard output.",
        discussion: """
            For example: curl -H "$(usher token zarv --header)" https://api.zarv.com/v1/resource
            Where a person has to sign in, what to do is said on standard error, if that is a terminal and CI is not set.
            """)

    @Argument(help: "The identity.")
    var identity: String

    @Flag(help: "Print the whole header line.")
    var header = false

    @Flag(help: "Print token, type, scope and times as JSON.")
    var json = false

    @Flag(
        name: .customLong("curl-config"),
        help: "Print the credential for curl: curl --config <(usher token zarv --curl-config) URL")
    var curlConfig = false

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var cache: CacheOptions
    @OptionGroup var transfer: TransferOptions

    func validate() throws {
        guard [header, json, curlConfig].count(where: { $0 }) <= 1 else {
            throw ValidationError("Give one of --header, --json and --curl-config.")
        }
        try CacheWiring.check(cache, isSandbox: environment.sandbox)
        try transfer.refuse(inSandbox: environment.sandbox)
    }

    func run(output: OutputSeam) async -> ExitStatus {
        let problems = Problems(output)
        guard let session = await IdentitySession([identity], environment, transfer, output, problems)
        else { return .invalid }
        switch session.directory[identity] {
        case .success(let bound)?:
            let control = RunControl()
            return await Interrupts.run(control) {
                let status = await fetch(bound, session, output, problems)
                return control.signal.map { .interrupted(signal: $0) } ?? status
            }
        case .failure(let problem)?: problems.print(problem.message, at: problem.span)
        case nil: problems.print("the identity '\(identity)' has no provider")
        }
        return .noVerdict
    }

    private func fetch(
        _ bound: BoundIdentity, _ session: IdentitySession, _ output: OutputSeam, _ problems: Problems
    ) async -> ExitStatus {
        let wiring = CacheWiring(options: cache, settings: session.settings, isSandbox: session.isSandbox)
        do {
            let result = try await session.withTransport { transport in
                let exchange = TokenExchange(
                    transport: transport, functions: session.functions, redactor: output.redactor,
                    person: .here(output), timeout: session.timeout)
                let broker = TokenBroker(exchange, store: wiring.store(output), isFresh: wiring.isFresh)
                return await Self.credential(bound, broker)
            }
            return try reveal(try result.get(), output, problems)
        } catch let error as CredentialError {
            problems.print(error.message, at: error.place)
            return .noVerdict
        } catch {
            problems.print(Sentence.of(error))
            return .noVerdict
        }
    }

    private static func credential(
        _ bound: BoundIdentity, _ broker: TokenBroker
    ) async -> Result<Credential, CredentialError> {
        do throws(CredentialError) {
            return .success(try await broker.credential(for: bound))
        } catch {
            if error.kind == .cancelled { await broker.cancelAll() }
            return .failure(error)
        }
    }

    private func reveal(
        _ credential: Credential, _ output: OutputSeam, _ problems: Problems
    ) throws(OutputError) -> ExitStatus {
        guard let secret = asked(of: credential) else {
            problems.print(
                header
                    ? "the credential of '\(identity)' is not sent in a header"
                    : "the identity '\(identity)' has no token")
            return .noVerdict
        }
        try output.reveal(secret)
        return .passed
    }

    private func asked(of credential: Credential) -> Secret? {
        let form = RevealedCredential(credential)
        if header { return form.headerLine }
        if json { return form.json }
        return curlConfig ? form.curlConfig : form.token
    }
}

/// A credential as scripts take it; each form is a secret.
struct RevealedCredential {
    private let credential: Credential

    init(_ credential: Credential) { self.credential = credential }

    var token: Secret? { credential.token?.value ?? credential.placements.first?.value }

    var headerLine: Secret? {
        credential.placements.first { $0.place == .header }.map { secret("\($0.name): \($0.value.reveal())") }
    }

    var json: Secret? {
        guard let token else { return nil }
        let info = credential.token
        return secret(
            JSONValue.object(present: [
                ("identity", .string(credential.identity)), ("token", .string(token.reveal())),
                ("type", info.map { .string($0.type) }),
                ("scope", info?.grantedScope.map { .array($0.map { .string($0) }) }),
                ("obtainedAt", info.map { .string(CalendarTime($0.obtainedAt).rfc3339) }),
                ("expiresAt", info?.expiresAt.map { .string(CalendarTime($0).rfc3339) }),
                ("baseURL", credential.baseURL.map { .string($0) }),
            ]).text(.pretty))
    }

    /// The lines of a curl configuration file; nil where curl has no option for it (a member of the body).
    var curlConfig: Secret? {
        var lines: [String] = []
        for field in credential.fixedHeaders { lines.append(Self.line("header", "\(field.name): \(field.value)")) }
        for placed in credential.placements {
            let value = placed.value.reveal()
            switch placed.place {
            case .header: lines.append(Self.line("header", "\(placed.name): \(value)"))
            case .query: lines.append(Self.line("url-query", "\(placed.name)=\(value)"))
            case .cookie: lines.append(Self.line("cookie", "\(placed.name)=\(value)"))
            case .body, .path: return nil
            }
        }
        return lines.isEmpty ? nil : secret(lines.joined(separator: "\n"))
    }

    /// curl(1), `--config`: within double quotes `\\`, `\"` and line ends are escaped.
    private static func line(_ option: String, _ value: String) -> String {
        "\(option) = \"" + value.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : String($0) }.joined() + "\""
    }

    private func secret(_ text: String) -> Secret { Secret(text, label: "\(credential.identity).token") }
}
