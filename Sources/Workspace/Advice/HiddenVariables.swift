package import Diagnostics

/// Warns where a variable hides another of its name (formats.md R1): nobody who reads the hidden one sees that it is not used.
package struct HiddenVariables {
    private let environment: Environment?
    private let given: Set<String>

    /// - Parameter given: names that `--var` and usher.json define.
    package init(_ environment: Environment?, given: Set<String>) {
        self.environment = environment
        self.given = given
    }

    package func check(_ collection: Collection, into bag: inout DiagnosticBag) {
        var known: [String: String] = [:]
        if let provider = collection.provider { known["baseURL"] = "the base URL of the provider '\(provider.text)'" }
        check(collection.settings.variables, of: "the collection", &known, &bag)
        var hidden = known
        for name in environment?.variables.variables.map(\.name) ?? [] {
            if name.text == "baseURL", let base = hidden["baseURL"] { warn(name, base, &bag) }
            hidden[name.text] = "the environment's variable"
        }
        for name in given { hidden[name] = "the variable of --var or usher.json" }
        checkOwned(collection, hidden, &bag)
        check(collection.items, known, hidden, &bag)
    }

    /// A level of variables; the environment and the command line hide it, and it hides those around it.
    private func check(
        _ variables: VariableSet, of level: String, _ known: inout [String: String], _ bag: inout DiagnosticBag
    ) {
        for name in variables.variables.map(\.name) {
            if given.contains(name.text) {
                bag.warning(
                    "hidden-variable", "--var or usher.json hides the variable '\(name.text)'", at: name.span)
            } else if let environment, environment.variables.variables.contains(where: { $0.name.text == name.text }) {
                bag.warning(
                    "hidden-variable", "the environment '\(environment.name)' hides the variable '\(name.text)'",
                    at: name.span, help: "its own value is used there; rename one of them if that is not meant")
            } else if let outer = known[name.text] {
                warn(name, outer, &bag)
            }
            known[name.text] = "the variable of \(level)"
        }
    }

    private func check(
        _ items: [CollectionItem], _ known: [String: String], _ hidden: [String: String], _ bag: inout DiagnosticBag
    ) {
        for item in items {
            switch item {
            case .group(let group):
                var inner = known
                check(group.settings.variables, of: "the group '\(group.name)'", &inner, &bag)
                let all = hidden.merging(inner.filter { known[$0.key] == nil }) { first, _ in first }
                check(group.items, inner, all, &bag)
            case .request(let source):
                for (name, _) in source.request.captures {
                    if let variable = hidden[name.text] { warn(name, variable, &bag) }
                }
            }
        }
    }

    /// What an identity owns, where requests of its provider have a variable of that name.
    private func checkOwned(_ collection: Collection, _ hidden: [String: String], _ bag: inout DiagnosticBag) {
        for identity in environment?.identities ?? [] where identity.provider.text == collection.provider?.text {
            for (name, _) in identity.owns {
                if let variable = hidden[name.text] { warn(name, variable, &bag) }
            }
        }
    }

    private func warn(_ name: Named, _ hidden: String, _ bag: inout DiagnosticBag) {
        bag.warning(
            "hidden-variable", "'\(name.text)' hides \(hidden)", at: name.span,
            help: "rename one of them if that is not meant")
    }
}
