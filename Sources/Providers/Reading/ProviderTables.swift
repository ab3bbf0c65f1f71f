import Expectations
import HTTP
package import JSON

/// The member tables of a provider file: they drive its reader, "did you mean" and the published schema.
package enum ProviderTables {
    /// All tables, those of the expectations in it included.
    package static var all: [MemberTable] {
        [
            root, variable, secret, variant, from, documentExpiry, verify, contract, promise, denials, waiver,
            placement, cache, retry, tls,
        ] + TokenTables.all + ExpectationTables.all
    }

    package static let root = MemberTable(
        "provider", help: "An API vendor: how its credential is had, sent and renewed, and what it promises.",
        [
            MemberSpec("schema", .literal(1), "The version of this format."),
            MemberSpec("id", .text, required: true, "The name that collections and environments use."),
            MemberSpec("name", .text, "The vendor's name, for reports."),
            MemberSpec("docs", .text, "The URL of the vendor's documentation."),
            MemberSpec("replaces", .word(["builtin"]), "Needed where the id is that of a built-in provider."),
            MemberSpec("vars", .map(.object("variable")), "Values that an environment may set: region, URL."),
            MemberSpec("secrets", .map(.object("secret")), "Secrets that an environment binds."),
            MemberSpec("variants", .map(.object("variant")), "Other installations: a sandbox, a region."),
            MemberSpec("baseURL", .text, "Where the API is; requests that start with / are appended."),
            MemberSpec(
                "hosts", .texts, "Hosts the credential may go to; default: those of baseURL and the token URLs."),
            MemberSpec("headers", .map(.text), "Header fields of every call."),
            MemberSpec(
                "auth", .object("auth"), "How the credential comes about; needed unless the provider extends another."),
            MemberSpec("apply", .list(.object("placement")), "Where in a request the credential goes."),
            MemberSpec("cache", .object("cache"), "How tokens are kept."),
            MemberSpec("retry", .object("retry"), "When a token request is repeated."),
            MemberSpec("verify", .object("verify"), "A cheap call that shows whether a credential is good."),
            MemberSpec("contract", .object("contract"), "What the vendor's documentation promises."),
            MemberSpec("from", .object("from"), "What the document of an identity's 'from' must be like."),
            MemberSpec("extends", .text, "The id of a provider; what is not said here is as it is there."),
            MemberSpec("tls", .object("tls"), "Who vouches for its servers, and the certificate the client shows."),
        ])

    static let variable = MemberTable(
        "variable",
        [
            MemberSpec("default", .text, "The value where nobody sets one."),
            MemberSpec("required", .boolean, "An identity must set it (default false)."),
            MemberSpec("pattern", .text, "A regular expression (RFC 9485) that the whole value must match."),
            MemberSpec("format", .word(words(VariableSpec.Format.self)), "What kind of text it is."),
            MemberSpec("enum", .texts, "The values allowed."),
            MemberSpec("stripPrefix", .text, "Removed from the start of the value."),
            MemberSpec("stripSuffix", .text, "Removed from the end of the value."),
            MemberSpec("at", .text, "A JSON Pointer into the document of the identity's 'from'."),
            MemberSpec("help", .text, "What it is and where one finds it."),
        ])

    static let secret = MemberTable(
        "secret",
        [
            MemberSpec("sensitive", .boolean, "Masked in every output (default true)."),
            MemberSpec("required", .boolean, "An identity must bind it (default true)."),
            MemberSpec(
                "format", .word(words(SecretSpec.Format.self)), "What kind of text it is; checked when it is bound."),
            MemberSpec("at", .text, "A JSON Pointer into the document of the identity's 'from'."),
            MemberSpec("help", .text, "What it is and where one finds it."),
        ])

    static let variant = MemberTable(
        "variant",
        [
            MemberSpec("vars", .map(.text), "Values that take the place of the defaults."),
            MemberSpec("baseURL", .text, "Takes the place of the provider's."),
            MemberSpec("tokenURL", .text, "Takes the place of auth.request.url."),
            MemberSpec("hosts", .texts, "Takes the place of the provider's."),
            MemberSpec("clientAuth", .object("client-auth"), "Takes the place of auth.clientAuth."),
            MemberSpec(
                "secrets", .map(.text),
                "The name of a secret → that of the one that takes its place; both are declared."),
            MemberSpec("help", .text, "What it is for."),
        ])

    static let from = MemberTable(
        "from",
        [
            MemberSpec(
                "require", .map(.either([.text, .number, .boolean])),
                "JSON Pointer → the text, number or boolean that must stand there."),
            MemberSpec("expiry", .object("document-expiry"), "When its source is read again."),
        ])

    static let documentExpiry = MemberTable(
        "document-expiry",
        [
            MemberSpec("at", .text, required: true, "A JSON Pointer into the document of the identity's 'from'."),
            MemberSpec("format", .word(words(ExpiryRules.Format.self)), "Of an instant; default rfc3339."),
            MemberSpec("pattern", .text, "Of an instant, in place of a format: yyyy-MM-dd HH:mm:ss, taken as UTC."),
            MemberSpec("unit", .word(words(ExpiryRules.Unit.self)), "Of a duration, counted from the reading."),
        ])

    static let verify = MemberTable(
        "verify",
        [
            MemberSpec("request", .text, required: true, "Method and URL: \"GET /v1/me\"."),
            MemberSpec("expect", .object("expectation"), "What the answer must be; default: a 2xx."),
        ])

    static let placement = MemberTable(
        "placement",
        [
            MemberSpec("in", .word(words(Placement.Kind.self)), required: true, "Where in the request."),
            MemberSpec("name", .text, "Of the header field, parameter, cookie or member."),
            MemberSpec("value", .text, "What stands there: {{token.type}} {{token.value}}."),
            MemberSpec("username", .text, "For basic."),
            MemberSpec("password", .text, "For basic."),
            MemberSpec("methods", .texts, "Only requests with these methods."),
            MemberSpec("when", .text, "A name; only where it has a value."),
        ])

    static let cache = MemberTable(
        "cache",
        [
            MemberSpec("store", .word(words(CacheRules.Store.self)), "Where tokens are kept (default user)."),
            MemberSpec("skew", .duration, "How long before its end a token is no longer used."),
            MemberSpec("minInterval", .duration, "Between two token requests of one identity."),
            MemberSpec("maxPerRun", .integer, "Token requests of one identity in one run."),
            MemberSpec("failureCooldown", .duration, "How long a failure is remembered."),
            MemberSpec(
                "persistRefreshToken", .boolean,
                "The refresh token may be kept on disk too (default: only where a person had to agree)."),
            MemberSpec(
                "repeatAfter401", .word(words(CacheRules.Repetition.self)),
                "What is sent again with a new token after a 401 on a kept one (default safe)."),
            MemberSpec(
                "keyExtra", .texts,
                "Templates whose values tell one token from another, beside the vars, secrets and scopes: {{now('date')}}."
            ),
        ])

    static let retry = MemberTable(
        "retry",
        [
            MemberSpec("statuses", .list(.integer), "Statuses that are worth a repetition (default 429, 503)."),
            MemberSpec("after", .texts, "Header fields with a delay (default Retry-After)."),
            MemberSpec(
                "at", .texts,
                "Header fields with the moment from which on it may be asked again: X-RateLimit-Reset (default none)."),
            MemberSpec("max", .integer, "Repetitions (default 0)."),
        ])

    static let tls = MemberTable(
        "tls",
        [
            MemberSpec("ca", .text, "PEM: the authorities that vouch for its servers, in place of all others."),
            MemberSpec("clientCert", .text, "PEM: the certificate that the client shows: {{secret.clientCert}}."),
            MemberSpec(
                "clientKey", .text, "Its key, a secret: {{secret.clientKey}}; default: it stands in clientCert."),
            MemberSpec("minVersion", .word(words(TLSPolicy.Version.self)), "The oldest version of TLS that will do."),
        ])

    static let contract = MemberTable(
        "contract",
        [
            MemberSpec("promises", .list(.object("promise")), "Sentences of the vendor's documentation."),
            MemberSpec("denials", .object("denial-table"), "The documented answer to each broken credential."),
            MemberSpec("packs", .texts, "Rule packs that may fail a build."),
            MemberSpec("waive", .list(.object("waiver")), "Rules that are knowingly not kept."),
            MemberSpec("unsafe", .any, availability: .later),
        ])

    static let promise = MemberTable(
        "promise",
        [
            MemberSpec("id", .text, required: true, "Stable: reports and 'covers' name it."),
            MemberSpec("says", .text, required: true, "The sentence, short."),
            MemberSpec("source", .text, required: true, "Where it stands."),
            MemberSpec("level", .word(words(Promise.Level.self)), required: true, "How plainly it is said."),
            MemberSpec("on", .word(words(Promise.Place.self)), "The exchange that shows it; else 'probe'."),
            MemberSpec("probe", .word(words(ProbeName.self)), "The broken credential that shows it; else 'on'."),
            MemberSpec("capture", .map(.object("capture")), "Values of the answer that 'expect' uses."),
            MemberSpec("expect", .object("expectation"), "What the answer must be."),
            MemberSpec("needs", .any, availability: .later),
        ])

    static let denials = MemberTable(
        "denial-table",
        (words(ProbeName.self) + ["insufficient"]).map { name in
            MemberSpec(name, Expectation.orStatusShape, "Status(es) or an expectation.")
        })

    /// Also stands in collections and `usher.json`.
    package static let waiver = MemberTable(
        "waiver",
        [
            MemberSpec("rule", .text, required: true, "The rule's or promise's id."),
            MemberSpec("because", .text, required: true, "The reason; stands in every report."),
            MemberSpec("until", .text, "The last day it holds: 2027-01-31."),
            MemberSpec("requests", .texts, "Only these requests."),
        ])

    static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> [String] {
        type.allCases.map(\.rawValue)
    }
}
