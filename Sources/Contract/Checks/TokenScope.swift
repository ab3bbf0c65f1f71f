import JSON
import Providers

/// A scope as an answer or a claim has it.
struct TokenScope {
    let words: Set<String>
    /// The separator that the profile documents in place of a space; nil: none.
    let dialect: String?
    private let value: JSONValue

    init(_ value: JSONValue, _ rules: TokenRules) {
        self.value = value
        let documented = rules.response.scope?.separator ?? (rules.scope.form == .string ? rules.scope.separator : " ")
        dialect = documented == " " ? nil : documented
        switch value {
        case .array(let elements): words = Set(elements.compactMap(\.string))
        case .string(let text):
            words = Set(
                text.split { $0 == " " || documented.contains($0) }.map(String.init))
        case .null, .boolean, .number, .object: words = []
        }
    }

    var isArray: Bool { value.array != nil }

    /// `scope-token` of RFC 6749 §3.3, one blank between two; nil where it is no text.
    var isPlain: Bool? {
        guard let text = value.string else { return nil }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    byte == 0x21 || (0x23...0x5B).contains(byte) || (0x5D...0x7E).contains(byte)
                }
        }
    }

    /// A comma is an allowed character, but nobody means it as one.
    var hasComma: Bool { value.string?.contains(",") ?? false }
}
