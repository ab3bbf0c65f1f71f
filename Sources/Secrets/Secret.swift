/// A secret text: prints as a mask everywhere, and is revealed by one named method only.
package struct Secret: Sendable {
    /// What reports show in its place, such as `zarv.password`.
    package let label: String
    private let text: String

    package init(_ text: String, label: String) {
        self.text = text
        self.label = label
    }

    /// The value itself; for the wire, the redactor and nothing else.
    package func reveal() -> String { text }

    package static func mask(_ label: String) -> String { "«secret:\(label)»" }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { Self.mask(label) }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Secret: Hashable {
    package static func == (a: Secret, b: Secret) -> Bool { a.text == b.text }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
