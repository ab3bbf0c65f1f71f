import JSON

/// The tables below `auth`.
enum TokenTables {
    static var all: [MemberTable] {
        [
            auth, request, refreshRequest, clientAuth, scope, response, success, condition, located, captured, type,
            expiry,
            grantedScope, error, refresh,
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
                "type", .word(words.words(ProviderAuth.Kind.self)), required: true, "How the credential comes about."),
            MemberSpec("grant", .word(words.words(TokenRules.Grant.self)), "A preset for the token request."),
            MemberSpec("request", .object("token-request"), "The token request."),
            MemberSpec("clientAuth", .object("client-auth"), "How the client shows who it is."),
            MemberSpec("scope", .object("scope-request"), "How scopes are asked for."),
            MemberSpec("params", .map(.any), "Further members of the request: audience, resource."),
            MemberSpec("response", .object("token-response"), "How the answer is read."),
            MemberSpec("refresh", .object("refresh"), "How a token is renewed."),
        ]
            + ["assertion", "steps", "interactive", "revoke", "introspect", "discovery", "sign"].map {
                MemberSpec($0, .any, availability: .later)
            })

    private static let requestMembers = [
        MemberSpec("method", .text, "Default POST."),
        MemberSpec("headers", .map(.text), "Further header fields."),
        MemberSpec("query", .map(.oneOrSeveral), "Parameters in the URL."),
        MemberSpec("format", .word(words.words(TokenRequestRules.Format.self)), "How the members are written."),
        MemberSpec("body", .any, "The members; one whose value is null is left out."),
    ]

    static let request = MemberTable(
        "token-request", [MemberSpec("url", .text, required: true, "The token URL.")] + requestMembers)

    static let refreshRequest = MemberTable(
        "refresh-request", [MemberSpec("url", .text, "Default: the token URL.")] + requestMembers)

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
            MemberSpec("request", .object("refresh-request"), "Default: the OAuth refresh at the token URL."),
            MemberSpec("response", .object("token-response"), "Inherits from the token response."),
            MemberSpec("rotation", .word(words.words(RefreshRules.Rotation.self)), "Default observe."),
            MemberSpec("reuse", .word(words.words(RefreshRules.Reuse.self)), "Default multiple."),
            MemberSpec("onInvalid", .word(words.words(RefreshRules.OnInvalid.self)), "Default reacquire."),
            MemberSpec("invalidStatuses", .list(.integer), "Default 400 and 401."),
        ])
}
