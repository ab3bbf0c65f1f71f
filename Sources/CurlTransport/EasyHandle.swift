import CCurl
import HTTP

/// One easy handle of libcurl with what it needs around it: used for one transfer after another, always in the same
/// pool, so that a transfer sets only what differs from the one before.
///
/// Lives on the loop's thread. libcurl knows the object by an unretained pointer, so it must outlive its easy handle.
final class EasyHandle {
    let easy: OpaquePointer
    /// The transfer under way, nil while the handle is idle.
    var transfer: Transfer?
    private let errorText: UnsafeMutablePointer<CChar>
    private var current = TransferSetup()
    private var headerList: CurlList?
    private var head = ResponseHead()
    private var sink = BodySink(limit: 0, use: .count)
    private var isHeadTooLarge = false
    private var address = RemoteAddress()

    init() throws(TransportError) {
        guard let easy = ccurl_easy_create() else {
            throw TransportError(.other, "there is not enough memory for another transfer")
        }
        self.easy = easy
        errorText = .allocate(capacity: Int(CCURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CCURL_ERROR_SIZE))
    }

    /// Destroys the easy handle; nothing else of the object may be used afterwards.
    func destroy() {
        ccurl_easy_destroy(easy)
        headerList = nil
        errorText.deallocate()
    }

    // MARK: Set-up

    /// What all transfers of this handle have in common besides the pool's settings.
    func prepareCallbacks() throws(TransportError) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        try set(.errorBuffer, UnsafeMutableRawPointer(errorText))
        try set(.owner, me)
        try set(.headerContext, me)
        try set(.writeContext, me)
        try set(.header, headerFunction)
        try set(.write, writeFunction)
    }

    /// Sets what differs from the transfer before, and takes the transfer over.
    func prepare(_ transfer: Transfer, connectTo: OpaquePointer?) throws(TransportError) {
        let wanted = TransferSetup(transfer.request, connectTo: connectTo)
        try wanted.apply(over: &current, to: self)
        try set(.url, transfer.url)
        if let body = wanted.body { try setBody(body) }
        errorText.pointee = 0
        head = ResponseHead()
        sink = BodySink(limit: transfer.request.maxBody, use: transfer.request.bodyUse)
        isHeadTooLarge = false
        self.transfer = transfer
        transfer.handle = self
    }

    func setHeaders(_ lines: [String]) throws(TransportError) {
        let list = try CurlList(lines)
        try set(.headers, list.head)
        // Only now may the old list go.
        headerList = consume list
    }

    /// libcurl copies it; a null pointer would make it read from standard input.
    private func setBody(_ body: [UInt8]) throws(TransportError) {
        try set(.postFieldSize, Int64(body.count))
        let code = body.withUnsafeBytes { bytes in
            withUnsafeBytes(of: UInt8(0)) { nothing in
                ccurl_easy_set_pointer(
                    easy, PointerOption.copiedPostFields.id,
                    UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? nothing.baseAddress))
            }
        }
        try checked(code, "the request body")
    }

    // MARK: From the callbacks

    func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        if head.take(line) { return true }
        isHeadTooLarge = true
        return false
    }

    func takeBody(_ chunk: UnsafeRawBufferPointer) -> Bool {
        head.close()
        return sink.take(chunk, announced: head.contentLength)
    }

    // MARK: The end of a transfer

    /// Hands over what the transfer brought and is idle again. Call it once the easy handle has left the multi.
    func outcome(_ code: Int32) -> Transfer.Outcome {
        guard let transfer else { return .failure(TransportError(.other, "a transfer ended that nobody began")) }
        if code != CCURL_OK { return .failure(failure(code, transfer).error) }
        var response = HTTPResponse(
            status: long(CCURL_INFO_RESPONSE_CODE), version: version, headers: head.fields, body: sink.bytes,
            bodySize: sink.count)
        response.timings = timings
        response.connectionsOpened = long(CCURL_INFO_NUM_CONNECTS)
        response.remoteAddress = remoteAddress
        return .success(response)
    }

    /// Lets go of the transfer and of what it received.
    func clear() {
        transfer?.handle = nil
        transfer = nil
        head = ResponseHead()
        sink = BodySink(limit: 0, use: .count)
    }

    private func failure(_ code: Int32, _ transfer: Transfer) -> TransferFailure {
        let isTLS = transfer.request.url.scheme == "https"
        let handshake = offset(isTLS ? CCURL_INFO_APPCONNECT_TIME : CCURL_INFO_CONNECT_TIME)
        return TransferFailure(
            code: code, detail: String(cString: errorText), request: transfer.request,
            systemError: Int32(truncatingIfNeeded: long(CCURL_INFO_OS_ERRNO)),
            isConnected: long(CCURL_INFO_NUM_CONNECTS) == 0 || handshake > 0,
            hasAnswerBegun: offset(CCURL_INFO_STARTTRANSFER_TIME) > 0,
            isBodyTooLarge: sink.isOverfull, isHeadTooLarge: isHeadTooLarge, isLed: current.isLed,
            hasOwnAuthorities: transfer.pool.policy.authorities != nil)
    }

    /// libcurl counts each phase from the start of the transfer; ours are counted one by one.
    private var timings: HTTPTimings {
        let dns = offset(CCURL_INFO_NAMELOOKUP_TIME)
        let connect = offset(CCURL_INFO_CONNECT_TIME)
        let tls = offset(CCURL_INFO_APPCONNECT_TIME)
        let firstByte = offset(CCURL_INFO_STARTTRANSFER_TIME)
        let total = offset(CCURL_INFO_TOTAL_TIME)
        var timings = HTTPTimings()
        timings.dns = .microseconds(dns)
        timings.connect = .microseconds(max(0, connect &- dns))
        timings.tls = .microseconds(tls == 0 ? 0 : max(0, tls &- connect))
        timings.firstByte = .microseconds(firstByte)
        timings.transfer = .microseconds(max(0, total &- firstByte))
        timings.total = .microseconds(total)
        return timings
    }

    private var version: String {
        switch long(CCURL_INFO_HTTP_VERSION) {
        case CCURL_HTTP_1_0: "1.0"
        case CCURL_HTTP_1_1: "1.1"
        case CCURL_HTTP_2: "2"
        case CCURL_HTTP_3: "3"
        default: ""
        }
    }

    private var remoteAddress: String {
        var ip: UnsafePointer<CChar>?
        guard ccurl_easy_get_string(easy, CCURL_INFO_PRIMARY_IP, &ip) == CCURL_OK, let ip else { return "" }
        return address.text(ip: ip, port: long(CCURL_INFO_PRIMARY_PORT))
    }

    private func long(_ info: Int32) -> Int {
        var value = 0
        return ccurl_easy_get_long(easy, info, &value) == CCURL_OK ? value : 0
    }

    private func offset(_ info: Int32) -> Int64 {
        var value: Int64 = 0
        return ccurl_easy_get_offset(easy, info, &value) == CCURL_OK ? value : 0
    }
}

/// The text of the address last seen: most transfers of a handle go to the same one.
private struct RemoteAddress {
    private var ip = ""
    private var port = 0
    private var text = ""

    mutating func text(ip newIP: UnsafePointer<CChar>, port newPort: Int) -> String {
        let newIP = String(cString: newIP)
        if newIP == ip, newPort == port { return text }
        (ip, port) = (newIP, newPort)
        text = newIP.contains(":") ? "[\(newIP)]:\(newPort)" : "\(newIP):\(newPort)"
        return text
    }
}
