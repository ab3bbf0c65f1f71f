package import JSON
package import Secrets

/// The value of an expression: JSON, and whether it is secret.
package struct TemplateValue: Sendable, Hashable {
    package var json: JSONValue
    package var taint: Taint?
    /// Inserted into a URL as it is: the result of `raw(x)`.
    package var isRaw = false

    package init(_ json: JSONValue, taint: Taint? = nil) {
        self.json = json
        self.taint = taint
    }

    package init(_ secret: Secret, hosts: HostList?) {
        self.init(.string(secret.reveal()), taint: Taint(labels: [secret.label], hosts: hosts))
    }

    /// As text inside other text: strings as they are, numbers and booleans as written; nil for the rest.
    package var text: String? {
        switch json {
        case .string(let text): text
        case .number(let number): number.text
        case .boolean(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

/// Text made from a template.
package struct RenderedText: Sendable, Hashable {
    package var text: String
    package var taint: Taint?

    package init(_ text: String, taint: Taint? = nil) {
        self.text = text
        self.taint = taint
    }
}

// A value that carries a secret prints as its mask; the redactor is the second net.
extension TemplateValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { taint.map { Secret.mask($0.label) } ?? json.text() }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension RenderedText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { taint.map { Secret.mask($0.label) } ?? text }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
