import Results
import Synchronization

/// Carries events from the lanes to the one task that feeds the reports.
///
/// A lane appends under a lock that is never held for long and wakes nobody: a wakeup per request would cost more than
/// the request's own bookkeeping. The reader comes by on a timer, and once more at the end.
package final class EventMailbox: Sendable {
    private let pending = Mutex<[LaneEvent]>([])

    package init() {}

    func post(_ event: LaneEvent) {
        pending.withLock { $0.append(event) }
    }

    func drain() -> [LaneEvent] {
        pending.withLock { events in
            defer { events = [] }
            return events
        }
    }
}

/// An event of one collection.
struct LaneEvent: Sendable {
    /// Place of the collection in the plan.
    let collection: Int
    let event: RunEvent

    var endsCollection: Bool {
        if case .collectionFinished = event { true } else { false }
    }
}

/// Puts the events of collections that ran side by side back into file order.
///
/// The first unfinished collection streams through; what those behind it say is held back until its turn.
struct EventSequencer {
    private var head = 0
    private var held: [Int: [LaneEvent]] = [:]

    mutating func accept(_ events: [LaneEvent], _ emit: (RunEvent) -> Void) {
        for event in events {
            guard event.collection == head else {
                held[event.collection, default: []].append(event)
                continue
            }
            emit(event.event)
            if event.endsCollection { advance(emit) }
        }
    }

    private mutating func advance(_ emit: (RunEvent) -> Void) {
        while true {
            head += 1
            guard let events = held.removeValue(forKey: head) else { return }
            events.forEach { emit($0.event) }
            guard events.last?.endsCollection == true else { return }
        }
    }
}
