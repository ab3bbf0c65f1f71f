import HTTP
import Synchronization
import Tokens

/// One request and what came of it, for people who ask why.
struct RecordedExchange: Sendable {
    let request: HTTPRequest
    let result: Result<HTTPResponse, TransportError>
    /// Since the recorder was made.
    let start: Duration
    let duration: Duration
    /// The server's clock less ours in milliseconds; nil without a `Date`.
    let offset: Int64?
}

/// A transport that remembers what each identity sent; for the few requests of `check` and `explain`.
final class ExchangeRecorder: HTTPTransport {
    private let transport: any HTTPTransport
    private let wall: @Sendable () -> Int64
    private let begin = ContinuousClock.now
    private let exchanges = Mutex<[String: [RecordedExchange]]>([:])

    init(_ transport: any HTTPTransport, wall: @escaping @Sendable () -> Int64) {
        self.transport = transport
        self.wall = wall
    }

    func exchanges(of identity: String) -> [RecordedExchange] {
        exchanges.withLock { $0[identity] ?? [] }
    }

    var executor: (any TaskExecutor)? { transport.executor }

    func shutdown() async { await transport.shutdown() }

    func send(_ request: HTTPRequest, pool: PoolKey) async throws(TransportError) -> HTTPResponse {
        let start = ContinuousClock.now
        let sent = wall()
        let result: Result<HTTPResponse, TransportError>
        do throws(TransportError) {
            result = .success(try await transport.send(request, pool: pool))
        } catch {
            result = .failure(error)
        }
        let exchange = RecordedExchange(
            request: request, result: result, start: begin.duration(to: start), duration: start.duration(to: .now),
            offset: Self.offset(result, sent, wall()))
        exchanges.withLock { $0[pool.identity, default: []].append(exchange) }
        return try result.get()
    }

    /// `Date` has whole seconds, and many servers renew it but once a second: less than two is no offset.
    private static func offset(_ result: Result<HTTPResponse, TransportError>, _ sent: Int64, _ came: Int64) -> Int64? {
        guard case .success(let response) = result,
            let date = response.headers["Date"].flatMap(Timestamp.parse(httpDate:))
        else { return nil }
        if date > came { return date - came }
        if date + 2000 < sent { return date + 1000 - sent }
        return 0
    }
}
