import HTTP
import Providers
import Secrets
import Synchronization
import Tokens

/// An authorization server that exchanges one token (RFC 8693); an edit changes what it answers.
final class ExchangeService: Sendable {
    static let subject = "subject-0123456789-abcdefghij"

    typealias Edit = @Sendable (_ form: [String: String], inout HTTPResponse) -> Void

    private let edit: Edit
    private let tokens = Mutex(0)

    init(_ edit: @escaping Edit = { _, _ in }) { self.edit = edit }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard request.url.scheme == "https" else { return EndpointService.json(403, #"{"message":"TLS only"}"#) }
        let form = Dictionary(EndpointService.pairs(request)) { first, _ in first }
        var response = answer(request, form)
        edit(form, &response)
        return response
    }

    private func answer(_ request: HTTPRequest, _ form: [String: String]) -> HTTPResponse {
        let basic = "Basic " + Base64.encode(Array("acme:\(EndpointService.secret)".utf8))
        guard request.headers["Authorization"] == basic else { return EndpointService.refusal(401, "invalid_client") }
        guard form["grant_type"]?.hasSuffix("token-exchange") == true else {
            return EndpointService.refusal(400, "unsupported_grant_type")
        }
        guard form["subject_token"] == Self.subject, form["subject_token_type"] != nil,
            (form["actor_token"] == nil) == (form["actor_token_type"] == nil)
        else { return EndpointService.refusal(400, "invalid_request") }
        if form["audience"] != nil { return EndpointService.refusal(400, "invalid_target") }
        return granted()
    }

    private func granted() -> HTTPResponse {
        let number = tokens.withLock { count -> Int in
            count += 1
            return count
        }
        let token = KeyedHash.code(Array("\(number)".utf8), key: [1], .sha256)
        return EndpointService.json(
            200,
            """
            {"access_token":"\(Base64.encode(token, urlSafe: true, padded: false))","token_type":"Bearer",\
            "issued_token_type":"urn:ietf:params:oauth:token-type:access_token","expires_in":3600}
            """)
    }
}
