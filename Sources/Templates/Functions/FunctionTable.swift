package import JSON

/// Why a call has no result; completes "name(): …".
package struct FunctionError: Error, Sendable {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
}

/// One function of the placeholder language.
package struct TemplateFunction: Sendable {
    package typealias Body = @Sendable ([JSONValue]) throws(FunctionError) -> TemplateValue

    package let name: String
    /// How it is written, for messages: `hmac(alg, key, text)`.
    package let usage: String
    package let arguments: ClosedRange<Int>
    package let body: Body

    package init(_ usage: String, _ arguments: ClosedRange<Int>, _ body: @escaping Body) {
        self.usage = usage
        name = usage.firstIndex(of: "(").map { String(usage[..<$0]) } ?? usage
        self.arguments = arguments
        self.body = { (values: [JSONValue]) throws(FunctionError) -> TemplateValue in
            guard arguments.contains(values.count) else { throw FunctionError("takes other arguments") }
            return try body(values)
        }
    }

    /// A function of one text.
    static func ofText(_ usage: String, _ body: @escaping @Sendable (String) -> String) -> TemplateFunction {
        TemplateFunction(usage, 1...1) { (values) throws(FunctionError) in
            TemplateValue(.string(body(try text(values[0]))))
        }
    }

    package static func text(_ value: JSONValue) throws(FunctionError) -> String {
        guard let text = TemplateValue(value).text else {
            throw FunctionError("needs a text, not \(value.kind.phrase)")
        }
        return text
    }
}

/// The functions a scope knows; crypto is registered by the module that has it.
package struct FunctionTable: Sendable {
    private var functions: [String: TemplateFunction]

    package init(_ functions: [TemplateFunction]) {
        self.functions = Dictionary(functions.map { ($0.name, $0) }) { _, last in last }
    }

    package func adding(_ more: [TemplateFunction]) -> FunctionTable {
        FunctionTable(Array(functions.values) + more)
    }

    package subscript(name: String) -> TemplateFunction? { functions[name] }
    package var names: [String] { Array(functions.keys) }

    var signatures: [String: FunctionSignature] {
        functions.mapValues { FunctionSignature(usage: $0.usage, arguments: $0.arguments) }
    }

    /// Everything that needs no cryptography.
    package static func standard(_ source: ValueSource = .system) -> FunctionTable {
        FunctionTable(textFunctions + generators(source))
    }
}
