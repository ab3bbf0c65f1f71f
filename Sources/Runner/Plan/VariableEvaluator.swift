import Diagnostics
import JSON
import Templates
import Workspace

/// Evaluates variables once; one may use others of its level and of those around it.
struct VariableEvaluator {
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
            try evaluate(name.text, &pending, &values, path: [])
        }
        return values
    }

    private func evaluate(
        _ name: String, _ pending: inout [String: (name: Named, value: JSONTemplate)], _ values: inout Scope.Layer,
        path: [String]
    ) throws(Diagnostic) {
        guard let definition = pending[name] else { return }
        guard !path.contains(name) else {
            throw Diagnostic(
                code: "variable-cycle", "the variable '\(name)' is made of itself", at: definition.name.span,
                help: "it leads back through: \((path + [name]).joined(separator: " → "))")
        }
        for use in definition.value.names where use.path.root != name {
            try evaluate(use.path.root, &pending, &values, path: path + [name])
        }
        values[name] = try definition.value.value(Scope([values], functions: functions))
        pending[name] = nil
    }
}
