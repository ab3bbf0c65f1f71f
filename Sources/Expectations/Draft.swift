package import Diagnostics
import JSON
package import Templates

/// A placeholder's name, its place, and whether a `??` stands to its right.
package typealias PlaceholderName = (path: NamePath, span: Span, isOptional: Bool)

/// What a file asks for: made when the file is read, or for each request where placeholders are to be filled.
package enum Draft<Value: Sendable>: Sendable {
    case ready(Value)
    case pending([PlaceholderName], @Sendable (Scope) throws(Diagnostic) -> Value)

    package var names: [PlaceholderName] {
        switch self {
        case .ready: []
        case .pending(let names, _): names
        }
    }

    package var ready: Value? {
        if case .ready(let value) = self { value } else { nil }
    }

    /// - Throws: a `Diagnostic` at the placeholder whose value is missing or unfit.
    package func value(_ scope: Scope) throws(Diagnostic) -> Value {
        switch self {
        case .ready(let value): value
        case .pending(_, let make): try make(scope)
        }
    }

    /// Makes something else of the value: now, if it is there.
    func map<Other: Sendable>(
        _ make: @escaping @Sendable (Value) throws(Diagnostic) -> Other
    ) throws(Diagnostic) -> Draft<Other> {
        switch self {
        case .ready(let value): .ready(try make(value))
        case .pending(let names, let first):
            .pending(names) { (scope) throws(Diagnostic) in try make(try first(scope)) }
        }
    }

    func with<Other: Sendable>(_ other: Draft<Other>) -> Draft<(Value, Other)> {
        if case .ready(let mine) = self, case .ready(let theirs) = other { return .ready((mine, theirs)) }
        return .pending(names + other.names) { (scope) throws(Diagnostic) in
            (try value(scope), try other.value(scope))
        }
    }

    static func all(_ drafts: [Draft]) -> Draft<[Value]> {
        let ready = drafts.compactMap(\.ready)
        if ready.count == drafts.count { return .ready(ready) }
        return .pending(drafts.flatMap(\.names)) { (scope) throws(Diagnostic) in
            var values: [Value] = []
            values.reserveCapacity(drafts.count)
            for draft in drafts { values.append(try draft.value(scope)) }
            return values
        }
    }
}

extension Draft<TemplateValue> {
    init(_ template: JSONTemplate) {
        if let constant = template.constant {
            self = .ready(TemplateValue(constant))
        } else {
            self = .pending(template.names) { (scope) throws(Diagnostic) in try template.value(scope) }
        }
    }
}

extension ReadingContext {
    /// Reads a value whose texts may hold placeholders and makes something of it; what is wrong is reported, and nil.
    mutating func draft<Value: Sendable>(
        _ node: JSONNode, _ make: @escaping @Sendable (TemplateValue) throws(Diagnostic) -> Value
    ) -> Draft<Value>? {
        let before = bag.diagnostics.count
        let template = JSONTemplate(node, &self)
        guard bag.diagnostics.count == before else { return nil }
        do throws(Diagnostic) {
            return try Draft(template).map(make)
        } catch {
            bag.add(error)
            return nil
        }
    }

    /// As `map`, with what is wrong reported.
    mutating func map<Value: Sendable, Other: Sendable>(
        _ draft: Draft<Value>, _ make: @escaping @Sendable (Value) throws(Diagnostic) -> Other
    ) -> Draft<Other>? {
        do throws(Diagnostic) {
            return try draft.map(make)
        } catch {
            bag.add(error)
            return nil
        }
    }

    /// From the beginning of one node to the end of another on its right: a member with its value.
    func span(from first: JSONNode, to last: JSONNode) -> Span {
        Span(file, first.range.lowerBound..<max(first.range.upperBound, last.range.upperBound))
    }
}
