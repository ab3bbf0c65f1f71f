package import Diagnostics
package import Providers
package import Templates

/// A word from a file with its place.
package struct Named: Sendable, Hashable {
    package let text: String
    package let span: Span

    package init(_ text: String, at span: Span) {
        self.text = text
        self.span = span
    }
}

/// A collection file as it was read; `defaults` are merged into its requests already.
package struct Collection: Sendable {
    package let file: SourceFile
    package let name: String
    package let span: Span
    package let provider: Named?
    package let settings: GroupSettings
    package let items: [CollectionItem]
    /// No other collection runs beside it.
    package let isAlone: Bool
    package let waivers: [Waiver]
}

package enum CollectionItem: Sendable {
    case request(RequestSource)
    case group(Group)
}

package struct Group: Sendable {
    package let name: String
    package let span: Span
    package let settings: GroupSettings
    package let items: [CollectionItem]
}

/// What a collection or a group says about everything inside.
package struct GroupSettings: Sendable {
    package let identity: Named?
    package let tags: [String]
    package let environments: [String]?
    package let skip: String?
    package let isOnly: Bool
    package let after: [Named]
    package let variables: VariableSet
}

/// Variables in file order, evaluated once per collection run.
package struct VariableSet: Sendable {
    package let variables: [(name: Named, value: JSONTemplate)]

    package init(_ variables: [(name: Named, value: JSONTemplate)] = []) { self.variables = variables }

    package var isEmpty: Bool { variables.isEmpty }
}
