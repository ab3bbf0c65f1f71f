import JSON

extension JSONObject {
    /// A required text of 1 to 200 characters.
    func text(_ name: String) throws(Refusal) -> String {
        guard let text = try optionalText(name) else { throw .badRequest("'\(name)' is required") }
        return text
    }

    func optionalText(_ name: String) throws(Refusal) -> String? {
        guard let value = self[name], value != .null else { return nil }
        guard let text = value.string, !text.isEmpty, text.count <= 200 else {
            throw .badRequest("'\(name)' must be a text of 1 to 200 characters")
        }
        return text
    }

    /// A text out of a few words.
    func word(_ name: String, _ words: [String], standard: String) throws(Refusal) -> String {
        guard let text = try optionalText(name) else { return standard }
        guard words.contains(text) else {
            throw .badRequest("'\(name)' must be one of \(words.joined(separator: ", "))")
        }
        return text
    }

    /// The named members only, as the caller sent them.
    func only(_ names: [String]) -> JSONObject {
        JSONObject(names.compactMap { name in self[name].map { (name, $0) } })
    }

    mutating func merge(_ other: JSONObject) {
        for (name, value) in other { self[name] = value }
    }
}

extension JSONValue {
    static func integer(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    static func texts(_ values: some Sequence<String>) -> JSONValue { .array(values.map { .string($0) }) }

    static func objects(_ values: some Sequence<JSONObject>) -> JSONValue { .array(values.map { .object($0) }) }
}

extension JSONValue {
    /// Finite by what is passed in; anything else would be null.
    static func decimal(_ value: Double) -> JSONValue {
        JSONNumber((value * 1e6).rounded() / 1e6).map { .number($0) } ?? .null
    }
}
