import Contract
import Diagnostics
import Providers

/// What `--rule` may name.
enum ContractNames {
    static var rules: [String] { RuleCatalogue.builtIn.rules.map(\.id) }

    /// - Parameter providers: whose promises count.
    static func all(_ providers: some Sequence<Provider>) -> [String] {
        rules + ProbeName.allCases.map(\.rawValue) + ["access"] + providers.flatMap { $0.contract.promises.map(\.id) }
    }

    static func unknown(_ name: String, among known: [String]) -> Diagnostic {
        let near = nearest(to: name, among: known) ?? nearest(to: name.uppercased(), among: known)
        return Diagnostic(
            code: "unknown-rule", "there is no rule, promise or probe '\(name)'",
            help: near.map { "did you mean '\($0)'?" } ?? "usher contract --list shows all rules")
    }
}
