import JSON

/// Which predicates may be used, by what is looked at; the combining ones keep the vocabulary they stand in.
enum Vocabulary: Sendable {
    case value
    /// A header field: also `lines` and `mediaType`.
    case header
    /// A time taken: the ordering ones only, against durations.
    case duration

    private static let combining = [Not.kind, AllOf.kind, AnyOf.kind]

    /// The registry.
    private static let values: [PredicateKind] =
        [Equals.kind] + combining + [OneOf.kind, Exists.kind, TypeIs.kind] + Ordering.kinds
        + [
            StartsWith.kind, EndsWith.kind, Matches.kind, Length.kind, IgnoreCase.kind,
            Contains.kind, Count.kind, Each.kind, Some.kind, SameItems.kind,
            PredicateKind(later: "like", .of(.any), "A template: every member of it must match, others may be there."),
            PredicateKind(later: "schema", .of(.any), "A JSON Schema for this value."),
        ]
    private static let headers = values + [Lines.kind, MediaType.kind]
    private static let durations = combining + Ordering.kinds

    private static let valueTable = table("predicate", .value)
    private static let headerTable = table("header-predicate", .header)
    private static let durationTable = table("duration-predicate", .duration)

    private static func table(_ name: String, _ vocabulary: Vocabulary) -> MemberTable {
        MemberTable(name, help: "All members must hold.", vocabulary.kinds.map { $0.spec(in: vocabulary) })
    }

    var kinds: [PredicateKind] {
        switch self {
        case .value: Self.values
        case .header: Self.headers
        case .duration: Self.durations
        }
    }

    var table: MemberTable {
        switch self {
        case .value: Self.valueTable
        case .header: Self.headerTable
        case .duration: Self.durationTable
        }
    }

    /// A predicate: a value, or an object of the table's members.
    var shape: Shape {
        switch self {
        case .value: .either([.null, .boolean, .number, .text, .list(.any), .object("predicate")])
        case .header: .either([.null, .boolean, .number, .text, .list(.any), .object("header-predicate")])
        case .duration: .object("duration-predicate")
        }
    }
}
