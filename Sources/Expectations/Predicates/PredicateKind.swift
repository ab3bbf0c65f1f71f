import Diagnostics
import JSON

/// One entry of the registry: a predicate's name, what its operand looks like, and how it is read.
struct PredicateKind: Sendable {
    typealias Reader = @Sendable (PredicateOperand, inout ReadingContext) -> Draft<any Predicate>?

    enum OperandShape: Sendable {
        case of(Shape)
        /// Another predicate of the same vocabulary.
        case predicate
        case predicates
        /// A number, a duration or a date-time.
        case bound
    }

    let name: String
    let operand: OperandShape
    let availability: MemberSpec.Availability
    let help: String
    let read: Reader

    init(_ name: String, _ operand: OperandShape, _ help: String, read: @escaping Reader) {
        self.name = name
        self.operand = operand
        self.help = help
        self.read = read
        availability = .ready
    }

    /// Part of the format, not of this version.
    init(later name: String, _ operand: OperandShape, _ help: String) {
        self.name = name
        self.operand = operand
        self.help = help
        read = { _, _ in nil }
        availability = .later
    }

    func spec(in vocabulary: Vocabulary) -> MemberSpec {
        MemberSpec(name, shape(in: vocabulary), availability: availability, help)
    }

    private func shape(in vocabulary: Vocabulary) -> Shape {
        switch operand {
        case .of(let shape): shape
        case .predicate: vocabulary.shape
        case .predicates: .list(vocabulary.shape)
        case .bound: vocabulary == .duration ? .duration : .either([.number, .text])
        }
    }
}

/// What stands behind a predicate's name in a file.
struct PredicateOperand {
    let name: String
    let node: JSONNode
    /// The name with the operand.
    let span: Span
    /// The operand alone.
    let place: Span
    let vocabulary: Vocabulary
}
