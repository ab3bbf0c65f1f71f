import HTTP
import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSON
import NIOCore

/// Hummingbird's requests in, Hummingbird's responses out; everything else is the `Sandbox`'s.
struct SandboxResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let sandbox: Sandbox
    let isTLS: Bool
    let latency: Duration

    /// Enough for every API here; a larger body is answered 413.
    private static let bodyLimit = 4 << 20

    func respond(to request: Request, context: Context) async throws -> Response {
        if latency > .zero { try await Task.sleep(for: latency) }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.bodyLimit)
        } catch is NIOTooManyBytesError {
            return Self.response(
                .json(413, ["error": "sandbox", "message": "the body is larger than the sandbox takes"]), "POST")
        }
        let asked = SandboxRequest(
            request.head.method.rawValue, request.head.path ?? "/", authority: request.head.authority ?? "",
            isTLS: isTLS, headers: Self.headers(request.headers), body: Array(body.readableBytesView))
        return Self.response(sandbox.answer(asked), asked.method)
    }

    private static func headers(_ fields: HTTPFields) -> HeaderFields {
        HeaderFields(fields.map { HeaderField($0.name.rawName, $0.value) })
    }

    private static func response(_ answer: SandboxResponse, _ method: String) -> Response {
        var headers = HTTPFields()
        for field in answer.headers {
            guard let name = HTTPField.Name(field.name) else { continue }
            headers.append(HTTPField(name: name, value: field.value))
        }
        let status = HTTPTypes.HTTPResponse.Status(code: answer.status)
        guard !answer.body.isEmpty else { return Response(status: status, headers: headers) }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
