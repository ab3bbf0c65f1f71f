import CCurl
package import HTTP

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Requests through libcurl, all on one thread that is also a task executor.
///
/// It lives until `shutdown()`, which the owner awaits before the process ends: `exit` while a TLS transfer is under way
/// would pull OpenSSL from under it.
package final class CurlTransport: HTTPTransport {
    private let loop: TransferLoop
    private let check: RequestCheck

    /// Starts the transfer thread.
    ///
    /// - Throws: `TransportError` where the thread or libcurl cannot start.
    package init(_ options: TransportOptions = TransportOptions()) throws(TransportError) {
        let code = Self.prepareProcess()
        guard code == CCURL_OK else {
            throw TransportError(.other, "libcurl cannot start: \(String(cString: ccurl_easy_text(code)))", code: code)
        }
        check = RequestCheck(sandbox: options.sandbox)
        loop = try TransferLoop(options)
    }

    package var executor: (any TaskExecutor)? { loop }

    /// Whether the caller runs on the transfer thread.
    package var isOnLoopThread: Bool { loop.isCurrent }

    /// Sends at once where the caller is on the transfer thread, otherwise through its mailbox.
    ///
    /// - Throws: `TransportError`; `invalidRequest` and `hostNotAllowed` before libcurl sees anything.
    package func send(_ request: HTTPRequest, pool: PoolKey) async throws(TransportError) -> HTTPResponse {
        let url = request.url.text
        try check.check(request, url: url)
        let transfer = Transfer(request, url: url, pool: pool)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.await(continuation)
                loop.begin(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        return try outcome.get()
    }

    package func shutdown() async { await loop.stop() }

    // MARK: The process

    /// Initializes libcurl once, and makes a write to a closed connection an error instead of the end of the process:
    /// with NOSIGNAL libcurl leaves SIGPIPE alone, and OpenSSL can raise it. Later calls do nothing.
    ///
    /// - Returns: libcurl's result code, 0 for success.
    @discardableResult
    package static func prepareProcess() -> Int32 { preparation }

    private static let preparation: Int32 = {
        signal(SIGPIPE, SIG_IGN)
        return ccurl_global_init()
    }()

    /// The loaded libcurl, such as "7.88.1".
    package static var libraryVersion: String { String(cString: ccurl_version()) }

    /// The loaded libcurl and the libraries it stands on.
    package static var libraryDescription: String { String(cString: ccurl_full_version()) }
}
