package import HTTP
package import JSON

/// An answer, apart from any socket.
package struct SandboxResponse: Sendable {
    package var status: Int
    package var headers: HeaderFields
    package var body: [UInt8]

    package init(_ status: Int, headers: HeaderFields = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func json(
        _ status: Int = 200, _ value: JSONValue, mediaType: String = "application/json", headers: HeaderFields = []
    ) -> SandboxResponse {
        SandboxResponse(
            status, headers: HeaderFields([HeaderField("Content-Type", mediaType)] + headers.fields),
            body: Array(value.text().utf8))
    }

    /// 201 with the new object's place (RFC 9110 §15.3.2).
    static func created(_ value: JSONValue, at path: String, _ call: Call) -> SandboxResponse {
        json(201, value, headers: [HeaderField("Location", call.request.basePath + path)])
    }

    static let noContent = SandboxResponse(204)

    func adding(_ name: String, _ value: String) -> SandboxResponse {
        var copy = self
        copy.headers.append(HeaderField(name, value))
        return copy
    }

    /// What HEAD gets: the same head, no body (RFC 9110 §9.3.2).
    var withoutBody: SandboxResponse {
        guard !body.isEmpty else { return self }
        var copy = adding("Content-Length", String(body.count))
        copy.body = []
        return copy
    }
}
