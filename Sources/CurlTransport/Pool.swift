import CCurl
import HTTP

/// The connections and TLS sessions that the transfers of one `PoolKey` share, and with nobody else.
///
/// Inside one multi libcurl reuses a connection across identities; a share with the connections in it keeps them apart,
/// on HTTP/1.1 as on HTTP/2. It is used on the loop's thread only and so needs no lock functions.
final class Pool {
    private let key: PoolKey
    private let share: OpaquePointer
    private let settings: SharedSettings
    private var handles: [EasyHandle] = []
    private var idle: [EasyHandle] = []
    /// Grows with each use of any pool: the smallest is the pool unused for longest.
    var lastUse = 0

    init(_ key: PoolKey, _ settings: SharedSettings) throws(TransportError) {
        guard let share = ccurl_share_create() else {
            throw TransportError(.other, "there is not enough memory for another connection pool")
        }
        self.key = key
        self.share = share
        self.settings = settings
        for data in [CCURL_SHARE_CONNECTIONS, CCURL_SHARE_TLS_SESSIONS] where ccurl_share_add(share, data) != CCURL_OK {
            ccurl_share_destroy(share)
            throw TransportError(
                .other, "libcurl \(CurlTransport.libraryVersion) cannot share connections; it is too old")
        }
    }

    var isIdle: Bool { idle.count == handles.count }

    /// The handles whose transfer is under way.
    var busy: [EasyHandle] { handles.filter { $0.transfer != nil } }

    func take() throws(TransportError) -> EasyHandle {
        if let handle = idle.popLast() { return handle }
        let handle = try EasyHandle()
        do throws(TransportError) {
            try handle.prepareCallbacks()
            try settings.apply(to: handle, key)
            try handle.checked(ccurl_easy_set_share(handle.easy, share), "a connection pool")
        } catch {
            handle.destroy()
            throw error
        }
        handles.append(handle)
        return handle
    }

    func give(_ handle: EasyHandle) { idle.append(handle) }

    /// For a handle whose set-up failed half-way.
    func discard(_ handle: EasyHandle) {
        handles.removeAll { $0 === handle }
        handle.destroy()
    }

    /// The easies first, then the share with its connections; the multi must still be there.
    func destroy() {
        for handle in handles { handle.destroy() }
        handles = []
        idle = []
        ccurl_share_destroy(share)
    }
}
