import Crypto
import HTTP
import HTTPTypes
import HummingbirdCore
import JSON
import NIOCore
import NIOSSL

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

    func respond(to request: Request, _ writer: consuming ResponseWriter, over channel: any Channel) async throws {
        let answer = try await answer(request, from: try await certificate(channel))
        try await writer.write(response: head(answer), body: Self.body(answer))
    }

    /// That of the connection.
    private func certificate(_ channel: any Channel) async throws -> String? {
        guard isTLS, let shown = try await channel.nioSSL_peerCertificate().get() else { return nil }
        return Base64URL.encode(Array(SHA256.hash(data: try shown.toDERBytes())))
    }

    private func answer(_ request: Request, from certificate: String?) async throws -> SandboxResponse {
        if latency > .zero { try await Task.sleep(for: latency) }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.bodyLimit)
        } catch is NIOTooManyBytesError {
            return .json(413, ["error": "sandbox", "message": "the body is larger than the sandbox takes"])
        }
        var asked = SandboxRequest(
            request.head.method.rawValue, request.head.path ?? "/", authority: request.head.authority ?? "",
            isTLS: isTLS, headers: Self.headers(request.headers), body: Array(body.readableBytesView))
        asked.certificate = certificate
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
