import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

@Suite("Lifetimes of tokens")
struct LifetimeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var stated: JSONValue?
        var expiry: ExpiryRules? = ExpiryRules(at: Locators([]))
        var claims: JWTClaims?
        var jwt = TokenResponseRules.JWTExpiry.min
        var usual: Duration?
        var server: Int64?
        /// Milliseconds.
        let lifetime: Int64?
        let source: TokenLifetime.Source
        var remark: String?
    }

    private static let now: Int64 = 1_795_595_400_000
    private static let hour: Int64 = 3_600_000

    private static func rules(_ change: (inout ExpiryRules) -> Void) -> ExpiryRules {
        var rules = ExpiryRules(at: Locators([]))
        change(&rules)
        return rules
    }

    private static func number(_ text: String) -> JSONValue? { JSONNumber(text).map { .number($0) } }

    private static func ending(_ left: Int64, issued: Int64? = nil) -> JWTClaims {
        JWTClaims(expires: now + left, issued: issued.map { now + $0 })
    }

    static let cases = [
        Case(testDescription: "seconds", stated: 3600, lifetime: hour, source: .answer),
        Case(testDescription: "seconds as text", stated: "3600", lifetime: hour, source: .answer),
        Case(testDescription: "a fraction", stated: number("0.5"), lifetime: 500, source: .answer),
        Case(testDescription: "a fraction in text", stated: "1.5e3", lifetime: 1_500_000, source: .answer),
        Case(
            testDescription: "milliseconds", stated: 3_600_000, expiry: rules { $0.unit = .ms }, lifetime: hour,
            source: .answer),
        Case(testDescription: "minutes", stated: 60, expiry: rules { $0.unit = .min }, lifetime: hour, source: .answer),
        Case(testDescription: "missing", lifetime: nil, source: .unknown),
        Case(testDescription: "missing, with a default", usual: .seconds(3600), lifetime: hour, source: .profile),
        Case(
            testDescription: "null, with a default", stated: .null, usual: .seconds(3600), lifetime: hour,
            source: .profile),
        Case(testDescription: "zero", stated: 0, lifetime: nil, source: .unknown, remark: "the stated lifetime is 0"),
        Case(
            testDescription: "zero, with a default", stated: 0, usual: .seconds(3600), lifetime: hour, source: .profile,
            remark: "the stated lifetime is 0"),
        Case(
            testDescription: "zero that means never", stated: 0, expiry: rules { $0.zeroMeans = .never },
            usual: .seconds(3600), lifetime: nil, source: .unknown),
        Case(
            testDescription: "negative", stated: -1, usual: .seconds(3600), lifetime: hour, source: .profile,
            remark: "the stated lifetime is negative"),
        Case(
            testDescription: "a word", stated: "soon", usual: .seconds(3600), lifetime: hour, source: .profile,
            remark: "the stated lifetime is a text that is no number"),
        Case(
            testDescription: "an object", stated: [:], usual: .seconds(3600), lifetime: hour, source: .profile,
            remark: "the stated lifetime is an object"),
        Case(
            testDescription: "beyond every number", stated: number("1e400"), usual: .seconds(3600), lifetime: hour,
            source: .profile, remark: "the stated lifetime is out of range"),
        Case(testDescription: "a thousand years", stated: 31_536_000_000, lifetime: 315_360_000_000, source: .answer),
        Case(
            testDescription: "an instant in seconds", stated: .number(JSONNumber(Int((now + hour) / 1000))),
            expiry: rules { $0.kind = .instant }, lifetime: hour, source: .answer),
        Case(
            testDescription: "an instant in milliseconds", stated: .number(JSONNumber(Int(now + hour))),
            expiry: rules { ($0.kind, $0.format) = (.instant, .epochMilliseconds) }, lifetime: hour, source: .answer),
        Case(
            testDescription: "an instant as text", stated: "2026-11-25T10:30:00+01:00",
            expiry: rules { ($0.kind, $0.format) = (.instant, .rfc3339) }, lifetime: hour, source: .answer),
        Case(
            testDescription: "an instant by the server's clock, ours an hour ahead", stated: "2026-11-25T08:30:00Z",
            expiry: rules { ($0.kind, $0.format) = (.instant, .rfc3339) }, server: now - hour,
            lifetime: hour - 1000, source: .answer),
        Case(
            testDescription: "an instant that has passed", stated: "2026-11-25T08:00:00Z",
            expiry: rules { ($0.kind, $0.format) = (.instant, .rfc3339) }, usual: .seconds(3600), lifetime: hour,
            source: .profile, remark: "the stated expiry has already passed"),
        Case(
            testDescription: "a JWT that ends earlier", stated: 3600, claims: ending(360_000), lifetime: 360_000,
            source: .jwt),
        Case(
            testDescription: "a JWT that ends later", stated: 360, claims: ending(hour), lifetime: 360_000,
            source: .answer),
        Case(
            testDescription: "a JWT alone", claims: ending(360_000), usual: .seconds(3600), lifetime: 360_000,
            source: .jwt),
        Case(
            testDescription: "a JWT that is ignored", stated: 3600, claims: ending(360_000), jwt: .ignore,
            lifetime: hour,
            source: .answer),
        Case(
            testDescription: "only the JWT counts", stated: 60, claims: ending(360_000), jwt: .only, lifetime: 360_000,
            source: .jwt),
        Case(
            testDescription: "a JWT that was issued a while ago", stated: 3600,
            claims: ending(100_000, issued: -260_000),
            lifetime: 100_000, source: .jwt),
        Case(
            testDescription: "a JWT, our clock an hour behind", stated: 7200,
            claims: ending(hour + 360_000, issued: hour),
            lifetime: 360_000, source: .jwt),
        Case(
            testDescription: "a JWT, our clock an hour ahead, the server says so", stated: 7200,
            claims: ending(360_000 - hour, issued: -hour), server: now - hour, lifetime: 359_000,
            source: .jwt),
        Case(
            testDescription: "a JWT, our clock an hour ahead, nobody says so", stated: 7200,
            claims: ending(360_000 - hour, issued: -hour), lifetime: 360_000, source: .jwt),
        Case(
            testDescription: "a JWT of whole seconds, asked for late in one, our clock the same", stated: 2,
            claims: ending(1300, issued: -700), server: now - 700, lifetime: 1300, source: .jwt),
        Case(
            testDescription: "a JWT of whole seconds, our clock elsewhere: the second's end counts", stated: 2,
            claims: ending(2000 - hour, issued: -hour), server: now - hour, lifetime: 1000, source: .jwt),
        Case(
            testDescription: "a JWT of one second, our clock elsewhere: half of it is left", stated: 1,
            claims: ending(1000 - hour, issued: -hour), server: now - hour, lifetime: 500, source: .jwt),
        Case(
            testDescription: "a JWT that has expired by the server's own clock", stated: 3600, claims: ending(-1000),
            server: now, lifetime: -1000, source: .jwt),
    ]

    @Test("Lifetime, and where it comes from", arguments: cases)
    func lifetime(_ sample: Case) {
        var rules = TokenResponseRules()
        rules.expiry = sample.expiry
        rules.defaultLifetime = sample.usual
        rules.jwtExpiry = sample.jwt
        let lifetime = TokenLifetime.of(
            stated: sample.stated, claims: sample.claims, rules,
            at: TokenLifetime.Moment(sent: Self.now, server: sample.server))
        #expect(lifetime.milliseconds == sample.lifetime)
        #expect(lifetime.source == sample.source)
        #expect(lifetime.remark == sample.remark)
    }

    static let margins: [(Int64?, Duration?, Int64)] = [
        (360_000, nil, 36_000), (86_400_000, nil, 60_000), (1, nil, 0), (nil, nil, 0), (360_000, .seconds(10), 10_000),
        (360_000, .seconds(900), 180_000), (360_000, .zero, 0), (nil, .seconds(900), 0), (-5, nil, 0),
    ]

    @Test("The margin before the end: a tenth, a minute at most; a profile's own at most half", arguments: margins)
    func margin(_ lifetime: Int64?, _ skew: Duration?, _ margin: Int64) {
        #expect(TokenLifetime(milliseconds: lifetime, source: .answer).margin(skew: skew) == margin)
    }

    static let instants: [(String, Int64?)] = [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-25T08:30:00Z", now), ("2026-11-25t08:30:00.25z", now + 250),
        ("2026-11-25T08:30:00.123456Z", now + 123), ("2026-11-25T00:30:00-08:00", now),
        ("2000-02-29T00:00:00Z", 951_782_400_000),
        ("2026-11-25T08:30:00", nil), ("2026-13-25T08:30:00Z", nil), ("2026-11-25T24:30:00Z", nil),
        ("2026-11-25T08:30:00.Z", nil), ("2026-11-25T08:30:00+0100", nil), ("", nil), ("2026-11-25", nil),
        ("２０２６-11-25T08:30:00Z", nil),
    ]

    @Test("Instants of RFC 3339", arguments: instants)
    func rfc3339(_ text: String, _ instant: Int64?) {
        #expect(Timestamp.parse(rfc3339: text) == instant)
    }

    static let dates: [(String, Int64?)] = [
        ("Wed, 25 Nov 2026 08:30:00 GMT", now), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 25 Nov 2026 08:30:00 UTC", nil), ("Wed, 25 nov 2026 08:30:00 GMT", nil), ("soon", nil),
        ("Wed, 25 Nov 2026 08:30 GMT", nil),
    ]

    @Test("Dates of HTTP", arguments: dates)
    func httpDates(_ text: String, _ instant: Int64?) {
        #expect(Timestamp.parse(httpDate: text) == instant)
    }

    static let tokens: [(String, JWTClaims?)] = [
        // {"alg":"HS256","typ":"JWT"} . {"exp":1795595400,"iat":1795595040} . –
        (
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3OTU1OTU0MDAsImlhdCI6MTc5NTU5NTA0MH0.x",
            JWTClaims(expires: now, issued: now - 360_000)
        ),
        // {"exp":"soon"}
        ("eyJhbGciOiJub25lIn0.eyJleHAiOiJzb29uIn0.", JWTClaims(expires: nil, issued: nil)),
        // {"exp":1e300}
        ("eyJhbGciOiJub25lIn0.eyJleHAiOjFlMzAwfQ.", JWTClaims(expires: nil, issued: nil)),
        ("opaque", nil), ("a.b.c", nil), ("..", nil), ("eyJhbGciOiJub25lIn0.W10.", nil),
    ]

    @Test("The times of a token that is a JWT, and of none", arguments: tokens)
    func claims(_ token: String, _ claims: JWTClaims?) {
        #expect(JWTClaims(token) == claims)
    }
}
