package import HTTP
package import JSON

/// The answer that expectations judge and captures are taken from; its body is parsed at most once, and only if asked.
package struct Answer: Sendable {
    package let response: HTTPResponse
    /// Where the answer came from, after redirects.
    package let url: HTTPURL
    /// Time of the last attempt without token and queue.
    package let duration: Duration
    private var parsed: Result<JSONNode, JSONError>?
    private var decoded: String?

    package init(_ response: HTTPResponse, url: HTTPURL, duration: Duration) {
        self.response = response
        self.url = url
        self.duration = duration
    }

    /// The body as JSON; large ones are better parsed off the transfer loop beforehand, by calling this there.
    ///
    /// - Throws: `JSONError` where it is none; the same one at every call.
    package mutating func json() throws(JSONError) -> JSONNode {
        if let parsed { return try parsed.get() }
        let result: Result<JSONNode, JSONError>
        do throws(JSONError) {
            result = .success(try JSONDocument.parse(response.body).root)
        } catch {
            result = .failure(error)
        }
        parsed = result
        return try result.get()
    }

    /// The body as text in the charset that Content-Type names: ISO 8859-1, else UTF-8 with U+FFFD for what is none.
    package mutating func text() -> String {
        if let decoded { return decoded }
        let text = isLatin1 ? Self.latin1(response.body) : String(decoding: response.body, as: UTF8.self)
        decoded = text
        return text
    }

    private var isLatin1: Bool {
        guard let type = response.headers["Content-Type"]?.lowercased() else { return false }
        let charset = type.split(separator: ";").dropFirst().first { $0.drop { $0 == " " }.hasPrefix("charset=") }
        let name = charset?.split(separator: "=").last?.filter { $0 != "\"" && $0 != " " }
        return name == "iso-8859-1" || name == "latin1"
    }

    private static func latin1(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
        return String(scalars)
    }
}
