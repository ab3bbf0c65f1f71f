import CCurl
import Synchronization

/// What other threads ask of the loop.
enum Order: Sendable {
    case start(Transfer)
    case cancel(Transfer)
    /// End everything; resume when that is done.
    case stop(CheckedContinuation<Void, Never>)
}

/// What waits for the loop, in the order in which it came.
struct Mail {
    var orders: [Order] = []
    var jobs: [UnownedJob] = []

    var isEmpty: Bool { orders.isEmpty && jobs.isEmpty }
}

/// Where other threads leave jobs and orders for the loop's thread.
///
/// The loop is woken under the lock, and only while the multi is open and the loop is about to wait: a wakeup never
/// meets a freed handle, and none is sent that `curl_multi_perform` could swallow (curl/curl#22272).
final class Mailbox: Sendable {
    private struct State {
        var mail = Mail()
        /// nil once the mailbox is closed.
        var alarm: Alarm?
        var isLoopWaiting = false
    }

    private let state: Mutex<State>

    init(_ alarm: Alarm) { state = Mutex(State(alarm: alarm)) }

    /// False where the mailbox is closed.
    func post(_ order: Order) -> Bool { post { $0.orders.append(order) } }

    /// False where the mailbox is closed.
    func post(_ job: UnownedJob) -> Bool { post { $0.jobs.append(job) } }

    private func post(_ add: (inout Mail) -> Void) -> Bool {
        state.withLock { state in
            guard let alarm = state.alarm else { return false }
            add(&state.mail)
            if state.isLoopWaiting {
                state.isLoopWaiting = false
                alarm.ring()
            }
            return true
        }
    }

    /// Takes what is there in exchange for an empty `mail`, whose memory is used again; false where nothing is there.
    func take(_ mail: inout Mail) -> Bool {
        mail.orders.removeAll(keepingCapacity: true)
        mail.jobs.removeAll(keepingCapacity: true)
        return state.withLock { state in
            state.isLoopWaiting = false
            if state.mail.isEmpty { return false }
            swap(&mail, &state.mail)
            return true
        }
    }

    /// True where the loop may wait: from now on whoever posts wakes it.
    func beginWaiting() -> Bool {
        state.withLock { state in
            state.isLoopWaiting = state.mail.isEmpty
            return state.isLoopWaiting
        }
    }

    /// Nothing is taken in or woken any more; returns what was left.
    func close() -> Mail {
        state.withLock { state in
            state.alarm = nil
            let left = state.mail
            state.mail = Mail()
            return left
        }
    }
}

/// The one use of the multi handle that libcurl allows on another thread.
struct Alarm: @unchecked Sendable {
    private let multi: OpaquePointer

    init(_ multi: OpaquePointer) { self.multi = multi }

    func ring() { _ = ccurl_multi_wakeup(multi) }
}
