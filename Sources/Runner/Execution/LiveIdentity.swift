import Results
import Secrets
import Synchronization
import Tokens

/// One identity of a run: bound once, and anew whenever what its secrets came from has ended; once however many ask.
final class LiveIdentity: Sendable {
    /// The identity now, and the one whose values were dropped for it; only one caller is told of that.
    struct Current: Sendable {
        var result: Result<BoundIdentity, RunProblem>
        var dropped: BoundIdentity?
    }

    private typealias Load = Result<IdentityLoader.Loaded, RunProblem>

    private struct State {
        var load: Load
        /// Milliseconds since 1970; nil: as long as the run.
        var goodUntil: Int64?
        var flight: Task<Load, Never>?
    }

    private let loader: IdentityLoader
    /// Most identities have no end, and nothing is locked for them.
    private let constant: Result<BoundIdentity, RunProblem>?
    private let state: Mutex<State>

    init(_ loader: IdentityLoader) async {
        self.loader = loader
        let load = await Self.load(loader, after: nil)
        let goodUntil = load.identity?.goodUntil
        constant = goodUntil == nil ? load.map(\.identity) : nil
        state = Mutex(State(load: load, goodUntil: goodUntil))
    }

    /// As it was bound last.
    var latest: Result<BoundIdentity, RunProblem> {
        constant ?? state.withLock { $0.load.map(\.identity) }
    }

    /// As it is good at this moment. Sources are read off the transfer loop; whoever waits is only suspended.
    func current() async -> Current {
        if let constant { return Current(result: constant) }
        guard let flight = state.withLock({ takeOff(&$0) }) else { return Current(result: latest) }
        let load = await withTaskCancellationHandler {
            await flight.value
        } onCancel: {
            flight.cancel()
        }
        return state.withLock { land(load, flight, &$0) }
    }

    /// nil where nothing has ended.
    private func takeOff(_ state: inout State) -> Task<Load, Never>? {
        guard let until = state.goodUntil, until <= loader.world.now() else { return nil }
        if let flight = state.flight { return flight }
        let (loader, old) = (loader, try? state.load.get())
        // Unstructured, hence off the transfer loop.
        let flight = Task { await Self.load(loader, after: old) }
        state.flight = flight
        return flight
    }

    private func land(_ load: Load, _ flight: Task<Load, Never>, _ state: inout State) -> Current {
        guard state.flight == flight else { return Current(result: state.load.map(\.identity)) }
        state.flight = nil
        if flight.isCancelled { return Current(result: load.map(\.identity)) }
        let old = state.load.identity
        if load.identity == nil, let end = old?.endsAt, loader.world.now() < end {
            // It failed in the margin before the end: what is still good serves on, and at the end it is tried again.
            state.goodUntil = end
            return Current(result: state.load.map(\.identity))
        }
        (state.load, state.goodUntil) = (load, load.identity?.goodUntil)
        return Current(result: load.map(\.identity), dropped: old?.key == load.identity?.key ? nil : old)
    }

    private static func load(_ loader: IdentityLoader, after old: IdentityLoader.Loaded?) async -> Load {
        do throws(RunProblem) {
            return .success(try await loader.load(after: old))
        } catch {
            return .failure(error)
        }
    }
}

extension Result<IdentityLoader.Loaded, RunProblem> {
    fileprivate var identity: BoundIdentity? { try? get().identity }
}
