package import HTTP
import Providers
package import Secrets
import Templates

/// For collections that test a login themselves: their answers hold tokens that nobody asked the broker for.
extension BoundIdentity {
    /// Where its token is fetched; nil where nothing is, or where the URL has no value.
    package var tokenAddress: HTTPURL? {
        let scope = Scope([layer], functions: FunctionTable.standard())
        guard let text = try? tokenURL?.text(scope).text else { return nil }
        return try? HTTPURL(parsing: text)
    }

    /// Token, refresh token and secret captures, where the profile says they stand in an answer of the token service.
    package func secrets(in response: HTTPResponse) -> [Secret] {
        guard let rules = rules?.response else { return [] }
        let values = AnswerValues(response, rules.format)
        var secrets: [Secret] = []
        func add(_ at: Locators?, _ what: String) {
            if let text = values.text(at) { secrets.append(Secret(text, label: "\(name).\(what)")) }
        }
        add(rules.token, "token")
        add(rules.refreshToken, "refreshToken")
        for capture in rules.capture where capture.isSecret { add(capture.at, capture.name) }
        return secrets
    }
}
