import CCurl
import HTTP
import Synchronization

/// The multi handle with its pools: starts, advances and ends transfers. Lives on the loop's thread.
final class TransferEngine {
    /// A probe has a pool of its own; a run with thousands of probes must not keep all their connections open.
    private static let maximumPools = 64
    /// Idle connections kept beyond the expected number: token requests travel beside the lanes.
    private static let spareConnections = 8

    let multi: OpaquePointer
    private let settings: SharedSettings
    private let lanes: Int
    private var pools: [PoolKey: Pool] = [:]
    private var uses = 0
    private var running = 0

    init(_ options: TransportOptions) throws(TransportError) {
        settings = try SharedSettings(options)
        lanes = min(max(1, options.lanes), 10_000)
        guard let multi = ccurl_multi_create() else {
            throw TransportError(.other, "there is not enough memory for the transfers")
        }
        self.multi = multi
    }

    func start(_ transfer: Transfer) {
        guard !transfer.isCancelled.load(ordering: .acquiring) else {
            transfer.finish(.failure(.cancelled))
            return
        }
        do throws(TransportError) {
            try add(transfer)
        } catch {
            transfer.finish(.failure(error))
        }
    }

    /// Moves all transfers on as far as they get without waiting, and finishes those that have ended.
    func advance() {
        guard running > 0 else { return }
        let code = ccurl_multi_perform(multi)
        guard code == CCURL_OK else {
            endAll(
                TransportError(.other, "the transfers failed: \(String(cString: ccurl_multi_text(code)))", code: code))
            return
        }
        var result: Int32 = 0
        while let easy = ccurl_multi_next_ended(multi, &result) {
            var owner: UnsafeMutableRawPointer?
            guard ccurl_easy_get_pointer(easy, CCURL_INFO_PRIVATE, &owner) == CCURL_OK, let owner else { continue }
            let handle = Unmanaged<EasyHandle>.fromOpaque(owner).takeUnretainedValue()
            end(handle) { $0.outcome(result) }
        }
    }

    /// Waits for the network or a wakeup, at most a second: no correctness depends on a wakeup.
    func wait() { _ = ccurl_multi_wait(multi, 1000) }

    /// Ends the transfer at once, if it is under way.
    func cancel(_ transfer: Transfer) {
        guard let handle = transfer.handle else { return }
        end(handle) { _ in .failure(.cancelled) }
    }

    func endAll(_ error: TransportError) {
        for pool in pools.values {
            for handle in pool.busy { end(handle) { _ in .failure(error) } }
        }
    }

    /// Call it last, and once nobody can wake the multi any more.
    func destroy() {
        for pool in pools.values { pool.destroy() }
        pools = [:]
        ccurl_multi_destroy(multi)
    }

    // MARK: -

    private func add(_ transfer: Transfer) throws(TransportError) {
        let pool = try pool(transfer.pool)
        let handle = try pool.take()
        do throws(TransportError) {
            try handle.prepare(transfer, connectTo: settings.connectTo(transfer.request.url))
            let code = ccurl_multi_add(multi, handle.easy)
            guard code == CCURL_OK else {
                throw TransportError(
                    .other, "the transfer cannot start: \(String(cString: ccurl_multi_text(code)))", code: code)
            }
        } catch {
            handle.clear()
            pool.discard(handle)
            throw error
        }
        running += 1
    }

    private func end(_ handle: EasyHandle, _ outcome: (EasyHandle) -> Transfer.Outcome) {
        guard let transfer = handle.transfer else { return }
        ccurl_multi_remove(multi, handle.easy)
        running -= 1
        let result = outcome(handle)
        handle.clear()
        pools[transfer.pool]?.give(handle)
        transfer.finish(result)
    }

    private func pool(_ key: PoolKey) throws(TransportError) -> Pool {
        uses &+= 1
        if let pool = pools[key] {
            pool.lastUse = uses
            return pool
        }
        if pools.count >= Self.maximumPools { closeOldest() }
        let pool = try Pool(key, settings)
        pool.lastUse = uses
        pools[key] = pool
        // Its default, four times the transfers under way, opened 239 connections for 8 lanes.
        let kept = lanes * pools.count + Self.spareConnections
        _ = ccurl_multi_set_long(multi, CCURL_MULTI_OPT_MAXCONNECTS, kept)
        return pool
    }

    private func closeOldest() {
        let oldest = pools.filter { $0.value.isIdle }.min { $0.value.lastUse < $1.value.lastUse }
        guard let oldest else { return }
        pools[oldest.key] = nil
        oldest.value.destroy()
    }
}

extension TransportError {
    static let cancelled = TransportError(.cancelled, "the request was cancelled")
    static let shutDown = TransportError(.shutDown, "the request ended because the run is being shut down")
}
