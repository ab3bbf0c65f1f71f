import Diagnostics
import JSON

/// `type`: a JSON type, or a text of a known form.
struct TypeIs: Predicate {
    enum Kind: String, CaseIterable, Sendable {
        case integer, number, string, boolean, null, array, object, uuid
        case dateTime = "date-time"
        case uri, email
    }

    static let kind = PredicateKind("type", .of(shape), "The JSON type of the value, or the form of a text.") {
        operand, _ in
        operand.node.string.flatMap(Kind.init).map { .ready(TypeIs(wanted: $0, span: operand.span)) }
    }

    private static let shape = Shape.word(Kind.allCases.map(\.rawValue))

    let wanted: Kind
    let span: Span

    var words: String {
        switch wanted {
        case .integer: "a whole number"
        case .number, .boolean: "a \(wanted.rawValue)"
        case .string: "a text"
        case .null: "null"
        case .array, .object: "an \(wanted.rawValue)"
        case .uuid: "a UUID"
        case .dateTime: "a date-time"
        case .uri: "a URI"
        case .email: "an email address"
        }
    }

    func judge(_ value: Observed) -> Judgement {
        value.isNothing ? .neither : Judgement(matches(value))
    }

    private func matches(_ value: Observed) -> Bool {
        switch wanted {
        case .integer: value.number?.isInteger ?? false
        case .number: value.kind == .number
        case .string: value.kind == .string
        case .boolean: value.kind == .boolean
        case .null: value.kind == .null
        case .array: value.kind == .array
        case .object: value.kind == .object
        case .uuid: value.text.map(TextForm.isUUID) ?? false
        case .dateTime: value.text.flatMap { Instant($0) } != nil
        case .uri: value.text.map(TextForm.isURI) ?? false
        case .email: value.text.map(TextForm.isEmail) ?? false
        }
    }
}

extension Observed {
    fileprivate var kind: JSONKind? {
        switch self {
        case .nothing, .duration: nil
        case .node(let node): node.kind
        case .nodes, .texts: .array
        case .text, .field: .string
        case .integer: .number
        }
    }
}
