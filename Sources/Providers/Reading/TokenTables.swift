import JSON

/// The tables below `auth`.
enum TokenTables {
    static var all: [MemberTable] {
        [
            auth, request, refreshRequest, clientAuth, scope, response, success, condition, located, captured, type,
            expiry, grantedScope, error, refresh, assertion, discovery, step, stepRequest, stepResponse, interactive,
            redirect, revoke, introspect, SignTables.sign,
        ]
    }

    private static let words = ProviderTables.self

    /// What a locator member takes.
    static let locators: Shape = .either([.text, .texts, .object("located")])
    private static let expiryShape: Shape = .either([.text, .texts, .object("token-expiry")])

    static let auth = MemberTable(
        "auth",
        [
            MemberSpec(
                "type", .word(words.words(ProviderAuth.Kind.self)),
                "How the credential comes about; needed unless the provider extends another."),
            MemberSpec("grant", .word(words.words(TokenRules.Grant.self)), "A preset for the token request."),
            MemberSpec("request", .object("token-request"), "The token request."),
            MemberSpec("clientAuth", .object("client-auth"), "How the client shows who it is."),
            MemberSpec("scope", .object("scope-request"), "How scopes are asked for."),
            MemberSpec("params", .map(.any), "Further members of the request: audience, resource."),
            MemberSpec("response", .object("token-response"), "How the answer is read."),
            MemberSpec("refresh", .object("refresh"), "How a token is renewed."),
            MemberSpec("assertion", .object("assertion"), "The JWT that the client signs."),
            MemberSpec("steps", .list(.object("step")), "Requests before the token request."),
            MemberSpec("discovery", .object("discovery"), "Where the server describes itself; gives the URLs."),
            MemberSpec("interactive", .object("sign-in"), "How a person agrees."),
            MemberSpec("revoke", .object("revoke"), "Where a token is given back (RFC 7009)."),
            MemberSpec("introspect", .object("introspect"), "Where a token is described (RFC 7662)."),
            MemberSpec("sign", .object("signature"), "How each call is signed."),
        ])

    private static let requestMembers = [
        MemberSpec("method", .text, "Default POST."),
        MemberSpec("headers", .map(.text), "Further header fields."),
        MemberSpec("query", .map(.oneOrSeveral), "Parameters in the URL."),
        MemberSpec("format", .word(words.words(TokenRequestRules.Format.self)), "How the members are written."),
        MemberSpec("body", .any, "The members; one whose value is null is left out."),
    ]

    static let request = MemberTable(
        "token-request", [MemberSpec("url", .text, "The token URL; needed unless it is discovered.")] + requestMembers)

    static let refreshRequest = MemberTable(
        "refresh-request", [MemberSpec("url", .text, "Default: the token URL.")] + requestMembers)

    static let stepRequest = MemberTable(
        "step-request", [MemberSpec("url", .text, required: true, "Where it goes.")] + requestMembers)

    static let step = MemberTable(
        "step",
        [
            MemberSpec("id", .text, required: true, "Later templates say steps.ID.X."),
            MemberSpec("request", .object("step-request"), required: true, "The request."),
            MemberSpec("response", .object("step-response"), "How its answer is read."),
        ])

    static let stepResponse = MemberTable(
        "step-response",
        [
            MemberSpec("success", .either([.integer, .list(.integer), .object("success")]), "Default 200 and 201."),
            MemberSpec("format", .word(words.words(TokenResponseRules.Format.self)), "Default json."),
            MemberSpec(
                "capture", .map(.either([.text, .texts, .object("captured")])), "Values, used as {{steps.ID.NAME}}."),
            MemberSpec("error", .object("token-error"), "Where an error answer says what is wrong."),
        ])

    static let assertion = MemberTable(
        "assertion",
        [
            MemberSpec("alg", .word(words.words(JWTAlgorithm.self)), "Default RS256, HS256 with client_secret_jwt."),
            MemberSpec("key", .text, "Default {{secret.privateKey}}, for HS256 {{secret.clientSecret}}."),
            MemberSpec("keyEncoding", .word(words.words(KeyRules.Encoding.self)), "Default pem; of a shared key utf8."),
            MemberSpec("header", .map(.any), "Further members of its header: kid, typ, x5t#S256."),
            MemberSpec("claims", .map(.any), "Claims beside the usual ones, or in their place; null leaves one out."),
            MemberSpec("ttl", .duration, "How long it is valid; default 5m."),
            MemberSpec("aud", .text, "Default the token URL."),
            MemberSpec("jti", .boolean, "Each with an id of its own; default true, with the type jwt false."),
        ])

    static let discovery = MemberTable(
        "discovery",
        [
            MemberSpec("issuer", .text, "Its metadata is fetched from the well-known URLs and must name it."),
            MemberSpec("url", .text, "The URL of the metadata, where it is not a well-known one."),
        ])

    static let interactive = MemberTable(
        "sign-in",
        [
            MemberSpec("authorizeURL", .text, "Where a person agrees; default: by discovery."),
            MemberSpec("deviceURL", .text, "Where a device asks for its code; default: by discovery."),
            MemberSpec("params", .map(.any), "Further parameters: prompt, audience."),
            MemberSpec("pkce", .word(words.words(InteractiveRules.PKCE.self)), "Default S256."),
            MemberSpec("redirect", .object("redirect"), "Where the browser comes back to, on 127.0.0.1."),
            MemberSpec("iss", .boolean, "Whether the answer must name the issuer; default: as the metadata says."),
        ])

    static let redirect = MemberTable(
        "redirect",
        [
            MemberSpec("port", .integer, "Default 0: any free one."),
            MemberSpec("path", .text, "Default /callback."),
        ])

    private static let endpointMembers = [
        MemberSpec("url", .text, "Default: by discovery."),
        MemberSpec("params", .map(.any), "Further members."),
        MemberSpec("headers", .map(.text), "Further header fields."),
    ]

    static let revoke = MemberTable(
        "revoke",
        endpointMembers + [
            MemberSpec("delay", .duration, "How long a revoked token may still be served (default: not at all).")
        ])

    static let introspect = MemberTable(
        "introspect",
        endpointMembers + [
            MemberSpec("asExpiry", .boolean, "Asked where the token answer states no expiry (default false).")
        ])

    static let clientAuth = MemberTable(
        "client-auth",
        [
            MemberSpec(
                "method", .word(words.words(ClientAuthRules.Method.self)), required: true, "Where id and secret stand."),
            MemberSpec("id", .text, "Default {{secret.clientId}}."),
            MemberSpec("secret", .text, "Default {{secret.clientSecret}}."),
            MemberSpec("idField", .text, "Default client_id."),
            MemberSpec("secretField", .text, "Default client_secret."),
            MemberSpec("scheme", .text, "The word before the base64 text; default Basic."),
            MemberSpec("encoding", .word(words.words(ClientAuthRules.Encoding.self)), "Before base64; default raw."),
            MemberSpec(
                "assertion", .object("assertion"), "Of private_key_jwt and client_secret_jwt; default that of auth."),
        ])

    static let scope = MemberTable(
        "scope-request",
        [
            MemberSpec("values", .texts, "Asked for where the identity has no 'scope'."),
            MemberSpec("field", .text, "Default scope."),
            MemberSpec("as", .word(words.words(ScopeRules.Form.self)), "Default string."),
            MemberSpec("separator", .text, "Default a blank."),
            MemberSpec("omitWhenEmpty", .boolean, "Default true."),
        ])

    static let response = MemberTable(
        "token-response",
        [
            MemberSpec("success", .either([.integer, .list(.integer), .object("success")]), "Default 200 and 201."),
            MemberSpec("format", .word(words.words(TokenResponseRules.Format.self)), "Default json."),
            MemberSpec("token", locators, "Default /access_token."),
            MemberSpec("type", .either([.text, .texts, .object("token-type")]), "Default /token_type."),
            MemberSpec("expiry", expiryShape, "Default /expires_in, seconds."),
            MemberSpec("defaultLifetime", .duration, "Where the answer states none; \"none\": not known."),
            MemberSpec(
                "jwtExp", .word(words.words(TokenResponseRules.JWTExpiry.self)), "Default min: the earlier one."),
            MemberSpec("refreshToken", locators, "Default /refresh_token."),
            MemberSpec("refreshExpiry", expiryShape, "How long the refresh token lives."),
            MemberSpec("scope", .either([.text, .texts, .object("granted-scope")]), "Default /scope."),
            MemberSpec(
                "capture", .map(.either([.text, .texts, .object("captured")])),
                "Further values, used as {{captured.NAME}}."),
            MemberSpec("error", .object("token-error"), "Where an error answer says what is wrong."),
        ])

    static let success = MemberTable(
        "success",
        [
            MemberSpec("status", .either([.integer, .list(.integer)]), "Default 200 and 201."),
            MemberSpec("when", .object("condition"), "For servers that answer 200 with an error."),
        ])

    static let condition = MemberTable(
        "condition",
        [
            MemberSpec("at", .either([.text, .texts]), required: true, "Where in the answer."),
            MemberSpec("equals", .any, "The value that must stand there."),
            MemberSpec("exists", .boolean, "Whether something must stand there."),
        ])

    static let located = MemberTable(
        "located", [MemberSpec("at", .either([.text, .texts]), required: true, "Where in the answer.")])

    static let captured = MemberTable(
        "captured",
        [
            MemberSpec("at", .either([.text, .texts]), required: true, "Where in the answer."),
            MemberSpec("secret", .boolean, "Masked everywhere (default true)."),
        ])

    static let type = MemberTable(
        "token-type",
        [
            MemberSpec("at", .either([.text, .texts]), "Default /token_type."),
            MemberSpec("default", .text, "Where the answer states none; default Bearer."),
            MemberSpec("send", .text, "\"echo\" or the word to send; default: as received, but Bearer with a capital."),
        ])

    static let expiry = MemberTable(
        "token-expiry",
        [
            MemberSpec("at", .either([.text, .texts]), required: true, "Where in the answer."),
            MemberSpec("kind", .word(words.words(ExpiryRules.Kind.self)), "Default duration."),
            MemberSpec("unit", .word(words.words(ExpiryRules.Unit.self)), "Of a duration; default s."),
            MemberSpec("format", .word(words.words(ExpiryRules.Format.self)), "Of an instant; default epoch."),
            MemberSpec("pattern", .text, "Of an instant, in place of a format: yyyy-MM-dd HH:mm:ss, taken as UTC."),
            MemberSpec("zeroMeans", .word(words.words(ExpiryRules.Zero.self)), "Default unknown."),
        ])

    static let grantedScope = MemberTable(
        "granted-scope",
        [
            MemberSpec("at", .either([.text, .texts]), "Default /scope."),
            MemberSpec("separator", .text, "Default auto: a blank or a comma."),
        ])

    static let error = MemberTable(
        "token-error",
        [
            MemberSpec("code", .either([.text, .texts]), "Default /error, /code."),
            MemberSpec("description", .either([.text, .texts]), "Default /error_description, /message, /detail."),
        ])

    static let refresh = MemberTable(
        "refresh",
        [
            MemberSpec("mode", .word(words.words(RefreshRules.Mode.self)), "Default token."),
            MemberSpec(
                "request", .object("refresh-request"),
                "Default: the OAuth refresh at the token URL, with \"exchange\" that of RFC 8693."),
            MemberSpec("response", .object("token-response"), "Inherits from the token response."),
            MemberSpec("rotation", .word(words.words(RefreshRules.Rotation.self)), "Default observe."),
            MemberSpec("reuse", .word(words.words(RefreshRules.Reuse.self)), "Default multiple."),
            MemberSpec("onInvalid", .word(words.words(RefreshRules.OnInvalid.self)), "Default reacquire."),
            MemberSpec("invalidStatuses", .list(.integer), "Default 400 and 401."),
        ])
}
