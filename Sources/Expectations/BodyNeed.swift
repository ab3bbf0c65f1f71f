package import HTTP

/// How much of an answer's body somebody looks at.
package enum BodyNeed: Int, Sendable, Comparable {
    case none
    /// Its size only.
    case count
    case bytes

    package static func < (a: BodyNeed, b: BodyNeed) -> Bool { a.rawValue < b.rawValue }

    /// What to ask of the transport.
    package var use: BodyUse { self == .bytes ? .keep : .count }
}
