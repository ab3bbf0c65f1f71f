package import Diagnostics
package import JSON
import Secrets

/// `order.lines[0].sku`
package struct NamePath: Sendable, Hashable {
    package enum Step: Sendable, Hashable {
        case name(String)
        case place(Int)
    }

    package let root: String
    package let steps: [Step]

    package var text: String {
        steps.reduce(root) { text, step in
            switch step {
            case .name(let name): text + "." + name
            case .place(let place): text + "[\(place)]"
            }
        }
    }

    /// The dotted names this path may stand under in a scope: `identities`, `identities.zarv`, ….
    package var prefixes: [String] {
        var result = [root]
        for step in steps {
            guard case .name(let name) = step, let last = result.last else { break }
            result.append(last + "." + name)
        }
        return result
    }
}

/// What stands between `{{` and `}}`.
package indirect enum Expression: Sendable {
    case literal(JSONValue)
    case path(NamePath, Span)
    case call(String, [Expression], Span)
    case fallback(Expression, Expression)

    /// All names used, with their places; those on the left of `??` are optional.
    package func names(optional: Bool = false) -> [(path: NamePath, span: Span, isOptional: Bool)] {
        switch self {
        case .literal: []
        case .path(let path, let span): [(path, span, optional)]
        case .call(_, let arguments, _): arguments.flatMap { $0.names(optional: optional) }
        case .fallback(let left, let right): left.names(optional: true) + right.names(optional: optional)
        }
    }

    /// Whether it gives another value each time: a date, a random number.
    var isVolatile: Bool {
        switch self {
        case .literal, .path: false
        case .call(let name, let arguments, _):
            FunctionTable.generatorNames.contains(name) || arguments.contains(where: \.isVolatile)
        case .fallback(let left, let right): left.isVolatile || right.isVolatile
        }
    }

    /// The value.
    ///
    /// - Throws: a `Diagnostic` at the expression's place, also where a name without `??` behind it is undefined.
    func evaluate(_ scope: Scope) throws(Diagnostic) -> TemplateValue {
        if let value = try ifDefined(scope) { return value }
        let undefined = names().filter { scope.value(at: $0.path) == nil }
        guard let name = undefined.first(where: { !$0.isOptional }) ?? undefined.last else {
            throw Diagnostic(code: "undefined-name", "the placeholder has no value")
        }
        throw Self.undefined(name.path, name.span, scope)
    }

    /// nil where a name that it needs is undefined.
    private func ifDefined(_ scope: Scope) throws(Diagnostic) -> TemplateValue? {
        switch self {
        case .literal(let value): return TemplateValue(value)
        case .path(let path, _): return scope.value(at: path)
        case .call(let name, let arguments, let span): return try Self.call(name, arguments, span, scope)
        case .fallback(let left, let right):
            if let value = try left.ifDefined(scope), value.json != .null { return value }
            return try right.ifDefined(scope)
        }
    }

    private static func call(
        _ name: String, _ arguments: [Expression], _ span: Span, _ scope: Scope
    ) throws(Diagnostic) -> TemplateValue? {
        guard let function = scope.functions[name] else { throw unknownFunction(name, span, scope.functions) }
        var values: [TemplateValue] = []
        for argument in arguments {
            guard let value = try argument.ifDefined(scope) else { return nil }
            values.append(value)
        }
        let taint = values.reduce(nil) { Taint.join($0, $1.taint) }
        do throws(FunctionError) {
            var result = try function.body(values.map(\.json))
            result.taint = taint
            if let taint, let text = result.text { scope.redactor?.register(text, label: taint.label) }
            return result
        } catch {
            // The reason may quote the argument.
            let reason = taint == nil ? error.reason : "does not take this value, which is secret and not shown"
            throw Diagnostic(code: "bad-argument", "\(name)(): \(reason)", at: span, help: "written \(function.usage)")
        }
    }

    static func unknownFunction(_ name: String, _ span: Span, _ functions: FunctionTable) -> Diagnostic {
        Diagnostic(
            code: "unknown-function", "there is no function '\(name)'", at: span,
            help: nearest(to: name, among: functions.names).map { "did you mean '\($0)'?" }
                ?? "known are: " + functions.names.sorted().joined(separator: ", "))
    }

    package static func undefined(_ path: NamePath, _ span: Span, _ scope: Scope) -> Diagnostic {
        Diagnostic(
            code: "undefined-name", "'\(path.text)' is not defined", at: span,
            help: nearest(to: path.text, among: scope.names).map { "did you mean '\($0)'?" }
                ?? "define it under 'variables', with --var \(path.root)=…, or capture it in an earlier request")
    }
}
