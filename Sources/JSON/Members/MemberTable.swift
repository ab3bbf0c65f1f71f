/// One member of an object of ours.
package final class MemberSpec: Sendable {
    package enum Availability: Sendable {
        case ready
        /// Part of the format, not of this version; said so instead of ignoring it.
        case later
    }

    package let name: String
    package let shape: Shape
    package let isRequired: Bool
    package let availability: Availability
    /// One sentence for editors.
    package let help: String

    package init(
        _ name: String, _ shape: Shape, required: Bool = false, availability: Availability = .ready, _ help: String = ""
    ) {
        self.name = name
        self.shape = shape
        self.isRequired = required
        self.availability = availability
        self.help = help
    }
}

/// The members of one kind of object: drives its reader, "did you mean" and the published JSON Schema alike.
package final class MemberTable: Sendable {
    /// What users call it; unique among the tables of a file kind: `request`, `identity`.
    package let name: String
    package let members: [MemberSpec]
    /// Further names are allowed with values of this shape (an object that is partly a map).
    package let others: Shape?
    package let help: String
    let required: [MemberSpec]
    /// Name → place in `specs`.
    private let places: [String: Int]
    /// The table's members, then those allowed everywhere.
    private let specs: [MemberSpec]

    package init(_ name: String, help: String = "", others: Shape? = nil, _ members: [MemberSpec]) {
        self.name = name
        self.help = help
        self.others = others
        self.members = members
        required = members.filter(\.isRequired)
        specs = members + Self.everywhere
        places = Dictionary(specs.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// Allowed in every object of ours (formats.md R0).
    static let everywhere: [MemberSpec] = [
        MemberSpec("$schema", .text, "The JSON Schema of this file, for editors."),
        MemberSpec("$comment", .any, "Anything; ignored."),
        MemberSpec("description", .text, "Text for people; shown in reports."),
    ]

    /// "a request", "an identity".
    package var phrase: String {
        (name.first.map { "aeiou".contains($0) } ?? false ? "an " : "a ") + name
    }

    package func spec(_ name: String) -> MemberSpec? {
        places[name].map { specs[$0] }
    }
}
