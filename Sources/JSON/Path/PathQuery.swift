/// Segments from the root (`$`) or from the value a filter looks at (`@`).
struct PathQuery: Sendable {
    let isAbsolute: Bool
    let segments: [PathSegment]
    let isSingular: Bool

    init(isAbsolute: Bool, segments: [PathSegment]) {
        self.isAbsolute = isAbsolute
        self.segments = segments
        isSingular = segments.allSatisfy { $0.single != nil }
    }
}

struct PathSegment: Sendable {
    /// `..`: applies to the value and everything below it.
    let isDescendant: Bool
    let selectors: [PathSelector]

    /// The only selector, where it can select one value at most.
    var single: PathSelector? {
        guard !isDescendant, selectors.count == 1, let only = selectors.first else { return nil }
        switch only {
        case .name, .index: return only
        case .wildcard, .slice, .filter: return nil
        }
    }
}

enum PathSelector: Sendable {
    /// In UTF-8, to compare with the text as it is: RFC 9535 compares scalar by scalar, `String` does not.
    case name([UInt8])
    case wildcard
    /// Counted from the end where negative.
    case index(Int)
    case slice(PathSlice)
    case filter(PathCondition)
}

/// `start:end:step`; numbers are within ±(2^53 − 1).
struct PathSlice: Sendable {
    let start: Int?
    let end: Int?
    let step: Int

    /// The places it selects in an array of that length, in order (§2.3.4.2.2).
    func places(_ count: Int) -> StrideTo<Int> {
        guard step != 0 else { return stride(from: 0, to: 0, by: 1) }
        let isForward = step > 0
        let from = fromStart(start ?? (isForward ? 0 : count - 1), count)
        let to = fromStart(end ?? (isForward ? count : -count - 1), count)
        if isForward { return stride(from: min(max(from, 0), count), to: min(max(to, 0), count), by: step) }
        return stride(from: min(max(from, -1), count - 1), to: min(max(to, -1), count - 1), by: step)
    }

    private func fromStart(_ place: Int, _ count: Int) -> Int { place >= 0 ? place : count + place }
}
