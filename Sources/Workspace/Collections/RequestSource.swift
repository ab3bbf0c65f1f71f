package import Diagnostics
import JSON
import Synchronization

/// A request in its file: checked when the file is read, and read again when it is needed.
///
/// A read request takes some kilobytes, its JSON some hundred bytes. So only the first ones of a run are kept as they
/// were read; a collection of 100,000 requests then takes what its file takes.
package final class RequestSource: Sendable {
    package let name: String
    /// Of its name: what reports and messages point at.
    package let span: Span
    private let node: JSONNode
    private let defaults: SharedDefaults
    private let held: Request?
    /// Identities named by its `as`, its templates and its `access`, and groups named by that.
    package let namedIdentities: [String]

    init(_ request: Request, _ node: JSONNode, _ defaults: SharedDefaults, _ budget: HoldingBudget) {
        name = request.name
        span = request.span
        namedIdentities =
            [request.identity?.text].compactMap(\.self) + request.secretIdentities
            + request.contract.access.map(\.caller.text)
        self.node = node
        self.defaults = defaults
        held = budget.take() ? request : nil
    }

    /// The request; parsed anew where it was not kept.
    package var request: Request {
        if let held { return held }
        var context = ReadingContext(file: span.file)
        // It was read once without a mistake, so the second reading cannot fail.
        return RequestReader.read(node, defaults, &context) ?? .unreadable(name, at: span)
    }
}

/// How many read requests are kept in memory, over all collections of a run.
package final class HoldingBudget: Sendable {
    private let left: Mutex<Int>

    package init(_ count: Int = 12_000) { left = Mutex(count) }

    func take() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
