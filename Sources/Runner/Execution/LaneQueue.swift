import Synchronization

/// Hands out the places of collections, one at a time.
final class LaneQueue: Sendable {
    private let rest: Mutex<ArraySlice<Int>>

    init(_ indices: [Int]) { rest = Mutex(indices[...]) }

    func next() -> Int? { rest.withLock { $0.popFirst() } }
}
