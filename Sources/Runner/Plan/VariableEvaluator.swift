import Diagnostics
import JSON
import Templates
import Workspace

/// Evaluates variables once; one may use others of its level and of those around it.
struct VariableEvaluator {
    private typealias Definition = (name: Named, value: JSONTemplate)

    /// What the environment and the command line define: it hides the collection's own.
    let overriding: Scope.Layer
    let functions: FunctionTable

    /// The values of one level on top of those around it.
    ///
    /// - Throws: a `Diagnostic` at the place of a name that leads back to itself, or of a function's bad argument.
    func layer(_ definitions: VariableSet, over outer: Scope.Layer) throws(Diagnostic) -> Scope.Layer {
        var pending = Dictionary(
            definitions.variables.filter { overriding[$0.name.text] == nil }.map { ($0.name.text, $0) }
        ) { _, last in last }
        var values = outer.merging(overriding) { _, last in last }
        for (name, _) in definitions.variables {
            try evaluate(name.text, &pending, &values)
        }
        return values
    }

    /// A variable that waits for those it is made of.
    private struct Waiting {
        let definition: Definition
        var uses: ArraySlice<String>

        init(_ definition: Definition) {
            self.definition = definition
            uses = definition.value.names.map(\.path.root)[...]
        }

        var name: String { definition.name.text }
    }

    /// With a stack of its own: a generated file may chain more variables than a thread's stack bears.
    private func evaluate(
        _ name: String, _ pending: inout [String: Definition], _ values: inout Scope.Layer
    ) throws(Diagnostic) {
        guard let first = pending[name] else { return }
        var path = [Waiting(first)]
        var open: Set = [name]
        while var current = path.popLast() {
            guard let use = current.uses.popFirst() else {
                values[current.name] = try current.definition.value.value(Scope([values], functions: functions))
                pending[current.name] = nil
                open.remove(current.name)
                continue
            }
            path.append(current)
            // Its own name means the outer one of that name.
            guard use != current.name, let next = pending[use] else { continue }
            guard open.insert(use).inserted else { throw Self.cycle(next, path.map(\.name)) }
            path.append(Waiting(next))
        }
    }

    private static func cycle(_ definition: Definition, _ path: [String]) -> Diagnostic {
        let name = definition.name.text
        let start = path.first == name ? "" : "… → "
        let names = path.drop { $0 != name } + [name]
        let shown = names.count > 12 ? names.prefix(6) + ["…"] + names.suffix(5) : names
        return Diagnostic(
            code: "variable-cycle", "the variable '\(name)' is made of itself", at: definition.name.span,
            help: "it leads back through: " + start + shown.joined(separator: " → "))
    }
}
