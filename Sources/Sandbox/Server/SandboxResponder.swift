import HTTP
import HTTPTypes
import HummingbirdCore
import JSON
import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Hummingbird's requests in, Hummingbird's responses out; everything else is the `Sandbox`'s.
struct SandboxResponder: Sendable {
    let sandbox: Sandbox
    let isTLS: Bool
    let latency: Duration
    let now: @Sendable () -> Date

    /// Enough for every API here; a larger body is answered 413.
    private static let bodyLimit = 4 << 20

    func respond(to request: Request, _ writer: consuming ResponseWriter) async throws {
        let answer = try await answer(request)
        try await writer.write(response: head(answer), body: Self.body(answer))
    }

    private func answer(_ request: Request) async throws -> SandboxResponse {
        if latency > .zero { try await Task.sleep(for: latency) }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.bodyLimit)
        } catch is NIOTooManyBytesError {
            return .json(413, ["error": "sandbox", "message": "the body is larger than the sandbox takes"])
        }
        let asked = SandboxRequest(
            request.head.method.rawValue, request.head.path ?? "/", authority: request.head.authority ?? "",
            isTLS: isTLS, headers: Self.headers(request.headers), body: Array(body.readableBytesView))
        return sandbox.answer(asked)
    }

    private static func headers(_ fields: HTTPFields) -> HeaderFields {
        HeaderFields(fields.map { HeaderField($0.name.rawName, $0.value) })
    }

    /// With `Date` (RFC 9110 §6.6.1): clients learn the server's clock from it.
    private func head(_ answer: SandboxResponse) -> HTTPTypes.HTTPResponse {
        var headers = HTTPFields()
        for field in answer.headers {
            guard let name = HTTPField.Name(field.name) else { continue }
            headers.append(HTTPField(name: name, value: field.value))
        }
        headers[.date] = CalendarTime(Int64(now().timeIntervalSince1970 * 1000)).httpDate
        return HTTPTypes.HTTPResponse(status: .init(code: answer.status), headerFields: headers)
    }

    private static func body(_ answer: SandboxResponse) -> ResponseBody {
        answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
    }
}
