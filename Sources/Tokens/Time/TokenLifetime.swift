package import JSON
package import Providers

/// How long a token may be used, counted from when its request was sent.
package struct TokenLifetime: Sendable, Hashable {
    /// Where the number comes from; reports show it.
    package enum Source: String, Sendable {
        case answer, jwt, introspection
        case profile = "defaultLifetime"
        case unknown
    }

    /// nil: no end is known.
    package var milliseconds: Int64?
    package var source: Source
    /// Why the answer's own number was not used.
    package var remark: String?

    package init(milliseconds: Int64?, source: Source, remark: String? = nil) {
        self.milliseconds = milliseconds
        self.source = source
        self.remark = remark
    }

    /// Ten years: what is longer is as good as for ever, and nothing below can overflow.
    package static let longest: Int64 = 10 * 365 * 86_400_000

    /// What is known at the moment of the request.
    package struct Moment: Sendable, Hashable {
        /// Our wall clock when the request was sent, milliseconds since 1970.
        package var sent: Int64
        /// The server's clock: the answer's `Date`; it decides, as ours may be wrong.
        package var server: Int64?

        package init(sent: Int64, server: Int64? = nil) {
            self.sent = sent
            self.server = server
        }

        /// The server's time, not too early: a `Date` has whole seconds (RFC 9110 §5.6.7), so the moment is up to one
        /// later. Ours is finer where it lies in that second; elsewhere the second's end counts, since a token that is
        /// renewed too early does no harm.
        var now: Int64 {
            guard let server else { return sent }
            return (server..<server + 1000).contains(sent) ? sent : server + 1000
        }
    }

    /// The lifetime by the profile's rules.
    ///
    /// - Parameters:
    ///   - stated: what stands at the place of `response.expiry`.
    ///   - claims: of the token, where it is a JWT.
    package static func of(
        stated: JSONValue?, claims: JWTClaims?, _ rules: TokenResponseRules, at moment: Moment
    ) -> TokenLifetime {
        var result = TokenLifetime(milliseconds: nil, source: .unknown)
        var isEndless = false
        if rules.jwtExpiry != .only, let expiry = rules.expiry {
            switch Statement(stated, expiry, moment) {
            case .lifetime(let value): result = TokenLifetime(milliseconds: value, source: .answer)
            case .endless: isEndless = true
            case .unusable(let remark): result.remark = remark
            case .absent:
                // Said only of a place that a profile names; by default there may be none.
                if expiry.at.span != nil { result.remark = "the answer has nothing at \(expiry.at.phrase)" }
            }
        }
        if rules.jwtExpiry != .ignore, let value = remaining(claims, moment), value < result.milliseconds ?? .max {
            return TokenLifetime(milliseconds: value, source: .jwt, remark: result.remark)
        }
        if result.milliseconds == nil, !isEndless, let usual = rules.defaultLifetime {
            result.milliseconds = min(usual.wholeMilliseconds, longest)
            result.source = .profile
        }
        return result
    }

    /// The lifetime of a refresh token; nil where none is stated.
    package static func ofRefresh(stated: JSONValue?, _ expiry: ExpiryRules?, at moment: Moment) -> Int64? {
        guard let expiry, case .lifetime(let value) = Statement(stated, expiry, moment) else { return nil }
        return value
    }

    /// From `exp`; by `exp − iat` where it is smaller, and where our clock and no `Date` would make the token expired.
    private static func remaining(_ claims: JWTClaims?, _ moment: Moment) -> Int64? {
        guard let claims, let expires = claims.expires else { return nil }
        let left = expires - moment.now
        let whole = claims.issued.map { expires - $0 }.flatMap { $0 > 0 ? $0 : nil }
        if left <= 0, let whole, moment.server == nil { return min(whole, longest) }
        // A token of a second or two: what rounding has taken away is not all there is.
        if left <= 0, let server = moment.server, expires > server { return (expires - server) / 2 }
        return min(left, whole ?? left, longest)
    }

    /// How long before its end the token is no longer used: a tenth of its lifetime, a minute at most; what the profile
    /// says, but never more than half of the lifetime.
    package func margin(skew: Duration?) -> Int64 {
        guard let milliseconds, milliseconds > 0 else { return 0 }
        guard let skew else { return min(60_000, milliseconds / 10) }
        return min(max(0, skew.wholeMilliseconds), milliseconds / 2)
    }
}

/// What an answer, or a document of `from`, says about the lifetime.
enum Statement {
    case absent
    case lifetime(Int64)
    case endless
    case unusable(String)

    init(_ value: JSONValue?, _ rules: ExpiryRules, _ moment: TokenLifetime.Moment) {
        switch value {
        case nil, .null?: self = .absent
        case .number(let number)?: self = Self.of(number.double, rules, moment)
        case .string(let text)?:
            if rules.kind == .instant, let instant = Self.instant(text, rules) {
                self = Self.until(instant, moment)
            } else if let number = JSONNumber(text) {
                self = Self.of(number.double, rules, moment)
            } else {
                self = .unusable(
                    "the stated \(rules.kind == .instant ? "expiry is a text that is no time" : "lifetime is a text that is no number")"
                )
            }
        case let other?: self = .unusable("the stated lifetime is \(other.kind.phrase)")
        }
    }

    private static func instant(_ text: String, _ rules: ExpiryRules) -> Int64? {
        if let pattern = rules.pattern { return Timestamp.parse(text, pattern: pattern) }
        return Timestamp.parse(rfc3339: text) ?? Timestamp.parse(httpDate: text)
    }

    private static func of(_ number: Double?, _ rules: ExpiryRules, _ moment: TokenLifetime.Moment) -> Statement {
        guard let number, number.isFinite else { return .unusable("the stated lifetime is out of range") }
        if number == 0 { return rules.zeroMeans == .never ? .endless : .unusable("the stated lifetime is 0") }
        if number < 0 { return .unusable("the stated lifetime is negative") }
        switch rules.kind {
        case .duration: return .lifetime(clamped(number * rules.unit.milliseconds))
        case .instant:
            let scale: Double = rules.format == .epochMilliseconds ? 1 : 1000
            let instant = number * scale
            return instant < 1e15 ? until(Int64(instant), moment) : .lifetime(TokenLifetime.longest)
        }
    }

    /// An instant that has passed is the server's or our clock's mistake; the profile's default then decides.
    private static func until(_ instant: Int64, _ moment: TokenLifetime.Moment) -> Statement {
        let left = instant - moment.now
        if left <= 0, let server = moment.server, instant > server { return .lifetime((instant - server) / 2) }
        return left > 0
            ? .lifetime(min(left, TokenLifetime.longest)) : .unusable("the stated expiry has already passed")
    }

    private static func clamped(_ milliseconds: Double) -> Int64 {
        milliseconds >= Double(TokenLifetime.longest) ? TokenLifetime.longest : max(1, Int64(milliseconds))
    }
}
