import JSON
package import Secrets

/// The names a template may use, in layers: a later layer hides an earlier one (formats.md R1).
///
/// Names with dots (`secret.password`, `token.value`, `identities.zarv.password`) stand in a layer under their whole
/// name; dots behind a known name lead into its JSON value.
package struct Scope: Sendable {
    package typealias Layer = [String: TemplateValue]

    private var layers: [Layer]
    package let functions: FunctionTable
    /// Learns what functions make of secrets: a hash or base64 of one is a secret too.
    package let redactor: Redactor?

    package init(_ layers: [Layer] = [], functions: FunctionTable, redactor: Redactor? = nil) {
        self.layers = layers
        self.functions = functions
        self.redactor = redactor
    }

    package mutating func push(_ layer: Layer) {
        if !layer.isEmpty { layers.append(layer) }
    }

    package func pushing(_ layer: Layer) -> Scope {
        var scope = self
        scope.push(layer)
        return scope
    }

    package subscript(name: String) -> TemplateValue? {
        for layer in layers.reversed() {
            if let value = layer[name] { return value }
        }
        return nil
    }

    /// The value behind a path such as `order.lines[0].sku`; nil where nothing stands there.
    ///
    /// The last layer that knows any beginning of the path answers; in a layer, the longest beginning does.
    func value(at path: NamePath) -> TemplateValue? {
        let prefixes = path.prefixes
        for layer in layers.reversed() {
            for (count, name) in prefixes.enumerated().reversed() {
                if let value = layer[name] { return value.descending(path.steps[count...]) }
            }
        }
        return nil
    }

    /// All names, for "did you mean".
    package var names: Set<String> { layers.reduce(into: []) { $0.formUnion($1.keys) } }
}

extension TemplateValue {
    fileprivate func descending(_ steps: ArraySlice<NamePath.Step>) -> TemplateValue? {
        var json = json
        for step in steps {
            switch (step, json) {
            case (.name(let name), .object(let object)):
                guard let value = object[name] else { return nil }
                json = value
            case (.place(let place), .array(let values)) where values.indices.contains(place):
                json = values[place]
            default: return nil
            }
        }
        return TemplateValue(json, taint: taint)
    }
}
