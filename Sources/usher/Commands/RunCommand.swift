import ArgumentParser
import Contract
import Secrets

/// `usher run`
struct RunCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", _superCommandName: "usher",
        abstract: "Runs collections.",
        discussion: """
            Exit codes: 0 passed, 1 something failed, 2 usage error or invalid file, 3 no verdict (network, token, \
            secret), 4 nothing was run, 130/143 interrupted.
            """)

    @OptionGroup var options: RunOptions

    @Flag(help: "Also try the contract: callers who must be refused, the vendor's promises, the rules of its packs.")
    var contract = false

    @OptionGroup var rules: ContractOptions

    func validate() throws {
        guard !contract, rules.strict || !rules.rule.isEmpty || rules.allowClass != nil || rules.waitExpiry != nil
        else {
            return
        }
        throw ValidationError("--rule, --strict, --allow-class and --wait-expiry need --contract.")
    }

    func run(output: OutputSeam) async -> ExitStatus {
        await RunStart(options: options, contract: contract ? .beside : .none, rules: rules, output: output).run()
    }
}
