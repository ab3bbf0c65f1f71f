import CurlTransport
import HTTP
import TestSupport

let pool = PoolKey(identity: "test")

/// Runs a body with a transport that uses no proxy, and shuts it down afterwards.
func withTransport<R>(
    _ configure: (inout TransportOptions) -> Void = { _ in }, _ body: (CurlTransport) async throws -> R
) async throws -> R {
    var options = TransportOptions()
    options.proxy = ""
    configure(&options)
    let transport = try CurlTransport(options)
    do {
        let result = try await body(transport)
        await transport.shutdown()
        return result
    } catch {
        await transport.shutdown()
        throw error
    }
}

/// Runs a body with a raw server and a transport.
func withServer<R>(
    _ reply: @escaping @Sendable (RawRequest) -> RawReply = { _ in .answer() },
    _ configure: (inout TransportOptions) -> Void = { _ in },
    _ body: (RawServer, CurlTransport) async throws -> R
) async throws -> R {
    let server = try RawServer(reply)
    defer { server.stop() }
    return try await withTransport(configure) { try await body(server, $0) }
}

extension RawServer {
    func request(
        _ method: HTTPMethod = .get, _ path: String = "/", headers: HeaderFields = [], body: HTTPBody = .none
    ) throws -> HTTPRequest {
        HTTPRequest(method, try HTTPURL(parsing: url + path), headers: headers, body: body)
    }
}

extension CurlTransport {
    /// The error that a request ends with, nil where it gets an answer.
    func failure(_ request: HTTPRequest, pool: PoolKey = pool) async -> TransportError? {
        do throws(TransportError) {
            _ = try await send(request, pool: pool)
            return nil
        } catch {
            return error
        }
    }
}
