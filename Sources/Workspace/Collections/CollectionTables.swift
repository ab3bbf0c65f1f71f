import Expectations
package import JSON
import Providers

/// The members of a collection file (formats.md R2); they drive the reader and `schemas/collection.schema.json`.
package enum CollectionTables {
    package static let collection = MemberTable(
        "collection", help: "Requests to one API, with what is expected of the answers.",
        [
            MemberSpec("name", .text, required: true, "Shown in reports; stable."),
            MemberSpec("provider", .text, "The id of the provider whose API this is."),
            MemberSpec(
                "requests", .list(item), required: true, "Requests, groups and includes in the order they run."),
            MemberSpec("alone", .boolean, "true: no other collection runs beside it."),
            MemberSpec("waive", .list(.object("waiver")), "Rules of the contract that need not hold, with the reason."),
        ] + shared)

    package static let group = MemberTable(
        "group", help: "Requests under a common name.",
        [
            MemberSpec("group", .text, required: true, "The name of the group."),
            MemberSpec("requests", .list(item), required: true, "What is in it."),
            MemberSpec("after", .texts, "Runs only if these requests passed."),
        ] + shared)

    private static let item = Shape.either([.object("request"), .object("group")])

    /// Members of collections and groups alike.
    private static let shared: [MemberSpec] = [
        MemberSpec("as", .text, "The identity that sends everything inside, or \"anonymous\"."),
        MemberSpec("tags", .texts, "Words to select by."),
        MemberSpec("environments", .texts, "Skipped in all other environments."),
        MemberSpec("skip", .text, "Why everything inside is skipped."),
        MemberSpec("only", .boolean, "true: of this file only what says so runs; refused in CI."),
        MemberSpec("variables", .map(.any), "Names for the placeholders, evaluated once per run."),
        MemberSpec("defaults", .object("defaults"), "What holds for every request inside unless it says otherwise."),
        MemberSpec("rows", .any, availability: .later),
        MemberSpec("concurrency", .any, availability: .later),
        MemberSpec("finally", .any, availability: .later),
    ]

    package static let request = MemberTable(
        "request", help: "One call and what is expected of the answer.",
        [
            MemberSpec("name", .text, required: true, "Stable, without variables: the case's name in reports."),
            MemberSpec("request", .text, required: true, "\"GET /path\" or \"GET https://host/path\"."),
            MemberSpec("query", .map(.oneOrSeveral), "Query parameters, added to those in the URL."),
            MemberSpec("headers", .map(.oneOrSeveral), "Header fields."),
            MemberSpec("body", .object("body"), "The body: exactly one form of it."),
            MemberSpec("as", .text, "The identity that sends it, or \"anonymous\"."),
            MemberSpec("safe", .boolean, "Whether it changes nothing; default: true for GET, HEAD, OPTIONS."),
            MemberSpec("expect", .object("expectation"), "What is expected; default: a status of 2xx."),
            MemberSpec("capture", .map(.object("capture")), "Values taken from the answer."),
            MemberSpec("after", .texts, "Runs only if these requests passed."),
            MemberSpec("timeout", .duration, "For each attempt; default 30s."),
            MemberSpec("redirects", redirects, "false: a redirect is the answer; true: up to 10; or a maximum."),
            MemberSpec("tags", .texts, "Words to select by."),
            MemberSpec("skip", .text, "Why it is skipped."),
            MemberSpec("only", .boolean, "true: of this file only what says so runs; refused in CI."),
            MemberSpec("environments", .texts, "Skipped in all other environments."),
            MemberSpec("denies", denies, "Broken forms of the credential that are refused."),
            MemberSpec("access", access, "What others with valid credentials get."),
            MemberSpec("covers", .texts, "Promises of the provider that this request tests."),
        ] + ["rows", "retry", "until", "cookies", "tls", "proxy"].map { MemberSpec($0, .any, availability: .later) })

    package static let include = MemberTable("include", [MemberSpec("include", .any, availability: .later)])

    package static let defaults = MemberTable(
        "defaults", help: "Inherited by every request inside.",
        [
            MemberSpec("headers", .map(.oneOrSeveral), "Header fields; merged by name."),
            MemberSpec("query", .map(.oneOrSeveral), "Query parameters; merged by name."),
            MemberSpec("timeout", .duration, "For each attempt."),
            MemberSpec("redirects", redirects, "Redirects followed."),
            MemberSpec("expect", .object("expectation"), "'headers' and 'json' merge by name."),
            MemberSpec("denies", denies, "Broken forms of the credential that are refused."),
        ] + ["retry", "tls", "proxy", "cookies"].map { MemberSpec($0, .any, availability: .later) })

    package static let body = MemberTable(
        "body", help: "Exactly one of json, form, text.",
        [
            MemberSpec("json", .any, "Any JSON; sets Content-Type: application/json."),
            MemberSpec("form", .map(.oneOrSeveral), "application/x-www-form-urlencoded."),
            MemberSpec("text", .text, "Text as it stands."),
            MemberSpec("type", .text, "The media type of 'text'; default text/plain."),
        ] + ["multipart", "file", "template", "graphql"].map { MemberSpec($0, .any, availability: .later) })

    private static let redirects = Shape.either([.boolean, .integer])

    private static let refusal = Shape.either([
        .boolean, .integer, .text, .list(.either([.integer, .text])), .object("expectation"),
    ])

    private static let denies = Shape.either([.word(["all"]), .list(.text), .map(refusal)])

    private static let access = Shape.map(
        .either([
            .word(["allow", "deny", "own"]), .integer, .text, .list(.either([.integer, .text])),
            .object("expectation"),
        ]))

    package static let all =
        [collection, group, request, defaults, body, ProviderTables.waiver] + ExpectationTables.all
}
