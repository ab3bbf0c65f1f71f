import ArgumentParser
import Contract
import Diagnostics
import Secrets

/// `usher contract`
struct ContractCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "contract", _superCommandName: "usher",
        abstract: "Proves that callers without the right ticket are refused, as the vendor documents it.",
        discussion: """
            Sends only requests that change nothing, and broken forms of all of them; 'usher run --contract' does the \
            same beside a whole run. 'usher contract --list' shows all rules.
            """)

    @OptionGroup var options: RunOptions
    @OptionGroup var rules: ContractOptions

    @Flag(help: "List the rules; with --rule, explain it. Nothing is sent.")
    var list = false

    func run(output: OutputSeam) async -> ExitStatus {
        if list { return explain(output) }
        return await RunStart(options: options, contract: .alone, rules: rules, output: output).run()
    }

    /// All rules, or those asked for in full.
    private func explain(_ output: OutputSeam) -> ExitStatus {
        guard !rules.rule.isEmpty else {
            output.print(RuleText.list())
            return .passed
        }
        for id in rules.rule {
            guard let text = RuleText.rule(id) else {
                Problems(output).print(DiagnosticBag([ContractNames.unknown(id, among: ContractNames.rules)]))
                return .invalid
            }
            output.print(text)
        }
        return .passed
    }
}
