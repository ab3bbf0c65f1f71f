/// What a predicate says of a value. Three-valued: `above` says nothing about a text, and neither does its `not`.
enum Judgement: Sendable {
    case holds
    case fails
    /// Neither the predicate nor its `not` holds (formats.md R3).
    case neither

    init(_ holds: Bool) { self = holds ? .holds : .fails }

    static prefix func ! (judgement: Judgement) -> Judgement {
        switch judgement {
        case .holds: .fails
        case .fails: .holds
        case .neither: .neither
        }
    }
}
