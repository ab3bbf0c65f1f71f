package import Diagnostics
package import JSON

/// How the answer of a token service is read.
package struct TokenResponseRules: Sendable {
    package enum Format: String, CaseIterable, Sendable {
        case json, form, xml, text
    }

    /// What is done with the `exp` of a token that is a JWT.
    package enum JWTExpiry: String, CaseIterable, Sendable {
        /// The earlier of the stated lifetime and the JWT's.
        case min
        case ignore
        /// The JWT's alone.
        case only
    }

    package var success = SuccessRules(statuses: [200, 201], condition: nil)
    package var format = Format.json
    package var token = Locators(pointers: "/access_token")
    package var type = TokenTypeRules()
    package var expiry: ExpiryRules? = ExpiryRules(at: Locators(pointers: "/expires_in"))
    /// nil: no expiry is known where the answer gives none.
    package var defaultLifetime: Duration?
    package var jwtExpiry = JWTExpiry.min
    package var refreshToken: Locators? = Locators(pointers: "/refresh_token")
    package var refreshExpiry: ExpiryRules?
    package var scope: GrantedScopeRules? = GrantedScopeRules()
    package var capture: [TokenCapture] = []
    package var errorCode = Locators(pointers: "/error", "/code")
    package var errorDescription = Locators(pointers: "/error_description", "/message", "/detail")

    package init() {}
}

/// A further value of the answer, used as `{{captured.NAME}}`.
package struct TokenCapture: Sendable {
    package let name: String
    package let at: Locators
    /// Masked everywhere; one that is not may stand in URLs and fixed headers.
    package let isSecret: Bool
}

/// When an answer counts as one with a token in it.
package struct SuccessRules: Sendable {
    package let statuses: [Int]
    package let condition: Condition?
    /// Where a profile says so; nil: the default.
    package var span: Span?

    /// For servers that answer 200 with an error.
    package struct Condition: Sendable {
        package let at: Locators
        package let test: Test
    }

    package enum Test: Sendable {
        case equals(JSONValue)
        case exists(Bool)
    }
}

/// The scheme word before the token.
package struct TokenTypeRules: Sendable {
    package enum Send: Sendable {
        /// As received, except that any spelling of bearer is sent as `Bearer`: servers have been seen that answer in
        /// lower case and refuse it on calls.
        case canonical
        /// Exactly as received.
        case echo
        case fixed(String)
    }

    package var at = Locators(pointers: "/token_type")
    package var defaultType = "Bearer"
    package var send = Send.canonical
}

/// Where and how an answer states how long something lives.
package struct ExpiryRules: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case duration, instant
    }

    package enum Unit: String, CaseIterable, Sendable {
        case s, ms, min, h, d

        package var milliseconds: Double {
            switch self {
            case .s: 1000
            case .ms: 1
            case .min: 60_000
            case .h: 3_600_000
            case .d: 86_400_000
            }
        }
    }

    /// How an instant is written.
    package enum Format: String, CaseIterable, Sendable {
        case epoch
        case epochMilliseconds = "epoch-ms"
        case rfc3339
        /// IMF-fixdate of RFC 9110 §5.6.7.
        case http
    }

    /// A lifetime of 0 is never "already expired": that would be a loop of token requests.
    package enum Zero: String, CaseIterable, Sendable {
        case unknown, never
    }

    package var at: Locators
    package var kind: Kind
    package var unit: Unit
    package var format: Format
    /// Letters that stand for digits: `yyyy-MM-dd HH:mm:ss`, taken as UTC; in place of a format.
    package var pattern: String?
    package var zeroMeans: Zero

    package init(
        at: Locators, kind: Kind = .duration, unit: Unit = .s, format: Format = .epoch, pattern: String? = nil,
        zeroMeans: Zero = .unknown
    ) {
        self.at = at
        self.kind = kind
        self.unit = unit
        self.format = format
        self.pattern = pattern
        self.zeroMeans = zeroMeans
    }
}

/// The scopes that the answer says were granted.
package struct GrantedScopeRules: Sendable {
    package var at = Locators(pointers: "/scope")
    /// nil: a blank or a comma, whichever stands there.
    package var separator: String?
}
