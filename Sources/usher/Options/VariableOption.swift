import ArgumentParser
import JSON
import Templates

/// `--var name=text` or `--var name:=JSON`.
struct VariableOption: ExpressibleByArgument, Sendable {
    let name: String
    let value: JSONValue

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "=") else { return nil }
        let isJSON = equals > argument.startIndex && argument[argument.index(before: equals)] == ":"
        let name = String(argument[..<(isJSON ? argument.index(before: equals) : equals)])
        let text = String(argument[argument.index(after: equals)...])
        guard isTemplateName(name) else { return nil }
        if isJSON {
            guard let value = try? JSONDocument.parse(text).root.value else { return nil }
            self.value = value
        } else {
            value = .string(text)
        }
        self.name = name
    }
}
