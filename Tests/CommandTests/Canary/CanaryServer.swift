import TestSupport

/// What the server of a row does to a request.
enum CanaryAnswer: Sendable {
    /// A token, or 200 with a JSON object that holds tokens.
    case good
    /// The status with every secret in every form in body and header fields.
    case echo(Int)
    /// The same as JSON, in the members where services explain an error.
    case explain(Int)
    /// 302 with secrets in its `Location`.
    case redirect
    /// A token that holds a line break behind the secret.
    case brokenToken
    case hang, close, reset

    func reply(to request: RawRequest, _ secrets: CanarySecrets, _ echoed: [String]) -> RawReply {
        switch self {
        case .good: return .answer(200, ["Content-Type: application/json"], Self.tokens(secrets))
        case .echo(let status):
            let header = "X-Echo: \(echoed.isEmpty ? "none" : secrets.password)"
            let sent = request.head + String(decoding: request.body, as: UTF8.self)
            return .answer(status, [header, "Content-Type: text/plain"], secrets.everything(echoed) + sent)
        case .explain(let status):
            let forms: [CanaryForm] = [.raw, .base64After1, .percent]
            let said = secrets.texts(echoed).flatMap { text in forms.map { $0.write(text) } }
            let text = CanaryForm.json.write(said.joined(separator: " "))
            let code = "invalid_" + CanaryForm.json.write(secrets.password)
            return .answer(
                status, ["Content-Type: application/json", "Retry-After: 1"],
                #"{"error":"\#(code)","error_description":"\#(text)","error_uri":"\#(CanaryForm.userInfo.write(secrets.password))"}"#
            )
        case .redirect:
            let place =
                "/elsewhere/\(CanaryForm.percent.write(secrets.password))?k=\(CanaryForm.base64URL.write(secrets.password))"
            return .answer(302, ["Location: \(place)"])
        case .brokenToken:
            return .answer(
                200, ["Content-Type: application/json"],
                #"{"token":"\#(secrets.token)\r\nX-Admin: 1","access_token":"\#(secrets.token)\n","expires_in":600}"#)
        case .hang: return .hang()
        case .close: return .close
        case .reset: return .reset
        }
    }

    private static func tokens(_ secrets: CanarySecrets) -> String {
        #"{"token":"\#(secrets.token)","refresh":"\#(secrets.refresh)","access_token":"\#(secrets.token)","#
            + #""refresh_token":"\#(secrets.refresh)","id_token":"\#(secrets.idToken)","token_type":"Bearer","expires_in":600}"#
    }
}
