import Contract
import Secrets
import Testing

@Suite("Who issued a token")
struct TokenIssuerTests {
    private static func issuer(_ claims: String?, _ host: String?) -> TokenIssuer {
        let token = claims.map { ProbeBench.jwt(#"{"alg":"HS256"}"#, $0, key: "k") } ?? "opaque-0123456789"
        return TokenIssuer(of: Secret(token, label: "token"), from: host)
    }

    private static let one = #"{"iss":"https://one.test"}"#
    private static let two = #"{"iss":"https://two.test"}"#

    @Test(
        "differs by what both tokens say, else by the hosts that both came from, else not at all",
        arguments: [
            (one, "one.test", two, "two.test", true), (one, "login.test", two, "login.test", true),
            (one, "a.one.test", one, "b.one.test", false), (one, nil, two, nil, true),
            (one, "one.test", "{}", "two.test", true), (nil, "one.test", nil, "two.test", true),
            (nil, "one.test", one, "one.test", false), (nil, "one.test", two, nil, false), (nil, nil, nil, nil, false),
        ] as [(String?, String?, String?, String?, Bool)])
    func differs(_ claims: String?, _ host: String?, _ others: String?, _ otherHost: String?, _ isOther: Bool) {
        let (own, other) = (Self.issuer(claims, host), Self.issuer(others, otherHost))
        #expect(own.differs(from: other) == isOther)
        #expect(other.differs(from: own) == isOther)
    }
}
