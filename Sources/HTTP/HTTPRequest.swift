/// A request body as it goes on the wire.
package enum HTTPBody: Sendable, Hashable {
    case none
    case bytes([UInt8])

    package var count: Int {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        }
    }
}

/// What to do with the bytes of an answer: a body nobody looks at is counted, not kept.
package enum BodyUse: Sendable, Hashable {
    /// Up to the request's `maxBody`.
    case keep
    /// Of any size; its beginning alone is kept, for the message in case the answer is not what was expected.
    case count

    /// Bytes kept of a body that is only counted.
    package static let head = 2048
}

/// A request as wished; what libcurl adds (Host, Content-Length) is not in it.
package struct HTTPRequest: Sendable, Hashable {
    package var method: HTTPMethod
    package var url: HTTPURL
    package var headers: HeaderFields
    package var body: HTTPBody
    /// From the start of the transfer to the last byte.
    package var timeout: Duration
    package var connectTimeout: Duration
    /// Answers above this size end with `TransportError.Kind.bodyTooLarge`.
    package var maxBody: Int
    package var bodyUse: BodyUse
    /// Adds `Accept-Encoding` for what libcurl can decode, and decodes.
    package var decompress: Bool
    /// The body carries a credential: a redirect never takes it to another origin.
    package var bodyIsSensitive: Bool
    /// Names, as they stand in the URL, of query parameters whose values are masked wherever the URL is shown.
    package var sensitiveQuery: Set<String> = []
    /// Path segments, as they stand in the URL, that are masked wherever it is shown → the name in the mask.
    package var sensitivePath: [String: String] = [:]
    /// Names of header fields that are not sent, although libcurl or a provider would add them.
    package var withoutHeaders: [String] = []

    package init(
        _ method: HTTPMethod, _ url: HTTPURL, headers: HeaderFields = [], body: HTTPBody = .none,
        timeout: Duration = .seconds(30), connectTimeout: Duration = .seconds(10),
        maxBody: Int = 10 << 20, bodyUse: BodyUse = .keep, decompress: Bool = true,
        bodyIsSensitive: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.maxBody = maxBody
        self.bodyUse = bodyUse
        self.decompress = decompress
        self.bodyIsSensitive = bodyIsSensitive
    }
}
