package import Diagnostics
package import JSON

/// A value of a provider that an environment may set: a region, a product, a URL. Always a text, never a template.
package struct VariableSpec: Sendable {
    package enum Format: String, CaseIterable, Sendable {
        case hostname, uri, uuid, email
    }

    package let name: String
    package let defaultValue: String?
    package let isRequired: Bool
    package let pattern: RegularExpression?
    package let format: Format?
    package let choices: [String]
    package let stripPrefix: String?
    package let stripSuffix: String?
    /// Where it stands in the document of the identity's `from`.
    package let pointer: JSONPointer?
    package let help: String
    package let span: Span

    /// The text without the prefix and suffix that users like to paste along.
    package func stripped(_ text: String) -> String {
        var result = text[...]
        if let stripPrefix, result.hasPrefix(stripPrefix) { result = result.dropFirst(stripPrefix.count) }
        if let stripSuffix, result.hasSuffix(stripSuffix) { result = result.dropLast(stripSuffix.count) }
        return String(result)
    }

    /// What the value would have to be, or nil where it is right; completes "'region' must be …".
    package func objection(to text: String) -> String? {
        if text.isEmpty { return "a text that is not empty" }
        if !choices.isEmpty, !choices.contains(text) { return Shape.alternatives(choices.map { "'\($0)'" }) }
        if let format, !format.accepts(text) { return format.phrase }
        if let pattern, !pattern.matchesWhole(text) { return "a text that matches \(pattern.pattern)" }
        return nil
    }
}

extension VariableSpec.Format {
    /// "a host name", for messages.
    package var phrase: String {
        switch self {
        case .hostname: "a host name or a part of one"
        case .uri: "an absolute URL (https://…)"
        case .uuid: "a UUID"
        case .email: "an e-mail address"
        }
    }
}
