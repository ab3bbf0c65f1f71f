import ArgumentParser
import Diagnostics
import Providers
import Secrets
import Workspace

/// `usher providers [show NAME]`
struct ProvidersCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers", _superCommandName: "usher",
        abstract: "Lists the providers; 'show NAME' prints one to copy from.")

    @Argument(help: ArgumentHelp("'show' and a provider's id.", valueName: "show NAME"))
    var words: [String] = []

    func validate() throws {
        let isShow = words.count == 2 && words[0] == "show"
        guard words.isEmpty || isShow else {
            throw ValidationError("Write 'usher providers', or 'usher providers show NAME'.")
        }
    }

    func run(output: OutputSeam) async -> ExitStatus {
        var bag = DiagnosticBag()
        var catalog = Project(workingFolder: Files.workingFolder).providers(into: &bag)
        if words.count == 2 {
            // `show NAME > providers/mine.json` has emptied that file already: its mistakes are not the question here.
            bag = DiagnosticBag()
            show(words[1], in: catalog, output, &bag)
        } else {
            list(&catalog, output, &bag)
        }
        Problems(output).print(bag)
        return bag.hasErrors ? .invalid : .passed
    }

    private func show(
        _ name: String, in catalog: ProviderCatalog, _ output: OutputSeam, _ bag: inout DiagnosticBag
    ) {
        guard let source = catalog.source(named: name) else {
            bag.error(
                "unknown-provider", "there is no provider '\(name)'", at: nil,
                help: nearest(to: name, among: catalog.names).map { "did you mean '\($0)'?" }
                    ?? "there are: \(catalog.names.joined(separator: ", "))")
            return
        }
        output.print(String(decoding: source.bytes, as: UTF8.self))
    }

    private func list(_ catalog: inout ProviderCatalog, _ output: OutputSeam, _ bag: inout DiagnosticBag) {
        var rows: [Provider] = []
        for name in catalog.names {
            if let provider = catalog.provider(name, at: nil, bag: &bag) { rows.append(provider) }
        }
        let width = rows.map(\.id.count).max() ?? 0
        for provider in rows {
            let padding = String(repeating: " ", count: width - provider.id.count)
            let place = if case .file(let file) = provider.origin { "  \(file.path)" } else { "" }
            output.print("\(provider.id)\(padding)  \(provider.summary)\(place)\n")
        }
    }
}

extension Provider {
    /// One line for the list: the name and how its credential comes about.
    fileprivate var summary: String {
        let kind =
            switch auth {
            case .none: "no credential"
            case .fixed: "fixed credential"
            case .signature: "signed requests"
            case .token(let rules): rules.grant == .login ? "login" : rules.grant.rawValue
            }
        let needs = secrets.map(\.name).joined(separator: ", ")
        return "\(name): \(kind)" + (needs.isEmpty ? "" : " with \(needs)")
    }
}
