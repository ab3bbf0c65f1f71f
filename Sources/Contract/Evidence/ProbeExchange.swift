package import HTTP

/// One probe on the wire: what was sent and what came.
package struct ProbeExchange: Sendable {
    /// What was done to an ordinary request, never a value; completes "sent …": `without credential`, `with the last 8
    /// characters of the token removed`.
    package let sent: String
    package let request: HTTPRequest
    package let answer: Result<HTTPResponse, TransportError>

    package init(sent: String, request: HTTPRequest, answer: Result<HTTPResponse, TransportError>) {
        self.sent = sent
        self.request = request
        self.answer = answer
    }

    package var response: HTTPResponse? { try? answer.get() }
    package var status: Int? { response?.status }
    package var challenges: [Challenge] { Challenge.parse(response?.headers.values("WWW-Authenticate") ?? []) }
}
