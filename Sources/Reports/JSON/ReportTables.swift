package import JSON

/// The members of a JSON report; its published schema is made from these.
package enum ReportTables {
    package static let report = MemberTable(
        "report", help: "A run of usher as `--json` writes it. Times are RFC 3339 in UTC, durations milliseconds.",
        [
            MemberSpec("version", .integer, required: true, "Of this form: 1. New members may come without a new one."),
            MemberSpec("usher", .text, required: true, "The version of usher."),
            MemberSpec("startedAt", .text, "When the run began."),
            MemberSpec("environment", .text, "The name of the environment."),
            MemberSpec("sandbox", .boolean, required: true, "Whether everything went to the embedded vendors."),
            MemberSpec("notices", .texts, required: true, "What every reader of the report must know."),
            MemberSpec(
                "collections", .list(.object("reported collection")), required: true, "In the order of the run."),
            MemberSpec(
                "credentials", .list(.object("reported credential")), required: true, "One for each identity used."),
            MemberSpec("totals", .object("totals"), required: true, "Cases by verdict, credentials included."),
            MemberSpec("duration", .integer, required: true, "Of the whole run."),
            MemberSpec("interrupted", .boolean, required: true, "Ended by a signal: what was not run is skipped."),
        ])

    package static let all = [
        report, collection, reportedCase, failure, problem, finding, rule, exchange, timings, refusal, token, claim,
        credential, totals,
    ]

    private static let collection = MemberTable(
        "reported collection",
        [
            MemberSpec("name", .text, required: true),
            MemberSpec("path", .text, required: true, "From the project's root."),
            MemberSpec("startedAt", .text, required: true), MemberSpec("cases", .list(.object("case")), required: true),
        ])

    private static let reportedCase = MemberTable(
        "case", help: "A request, or a case of its contract.",
        [
            MemberSpec("kind", .word(["request", "contract"]), required: true),
            MemberSpec("name", .text, required: true, "The same from run to run."),
            MemberSpec("request", .text, "Contract: the request it is about, or the identity."),
            MemberSpec("groups", .texts, "Around the request, outermost first."),
            MemberSpec("row", .text, "The label of the row of data."),
            MemberSpec("probe", .text, "Contract: what was wrong with the credential."),
            MemberSpec("caller", .text, "Contract: who called, of 'access'."),
            MemberSpec("owner", .text, "Contract: whose objects were asked for; absent: the caller's own."),
            MemberSpec("ruleId", .text, "Contract: the rule of a pack."),
            MemberSpec("promise", .text, "Contract: the sentence of the vendor's page."),
            MemberSpec("identity", .text, "Whose credential was used; absent: none."),
            MemberSpec("file", .text, required: true, "From the project's root."),
            MemberSpec("line", .integer, required: true),
            MemberSpec(
                "verdict", .word(["passed", "failed", "error", "skipped", "warned", "no-verdict"]), required: true),
            MemberSpec("failures", .list(.object("failure")), "Of a request that failed."),
            MemberSpec("problem", .object("problem"), "Of an error: why there is no verdict."),
            MemberSpec("reason", .text, "Of what was skipped or has no verdict."),
            MemberSpec("finding", .object("finding"), "Of a contract case that failed or is warned of."),
            MemberSpec("rule", .object("rule"), "Contract: what stands behind it."),
            MemberSpec("remarks", .texts, "Contract: observations, waivers."),
            MemberSpec("admitted", .boolean, "Contract: whether a caller of 'access' was let in."),
            MemberSpec("duration", .integer, required: true),
            MemberSpec("attempts", .integer, "How often it was sent; 0: not at all."),
            MemberSpec("exchange", .object("exchange"), "Absent where nothing was sent."),
        ])

    private static let failure = MemberTable(
        "failure",
        [
            MemberSpec("subject", .text, required: true, "What was looked at."),
            MemberSpec("expected", .text, required: true), MemberSpec("actual", .text, required: true),
            MemberSpec("place", .text, required: true, "file:line:column"),
        ])

    private static let problem = MemberTable(
        "problem",
        [
            MemberSpec("kind", .text, required: true), MemberSpec("message", .text, required: true),
            MemberSpec("place", .text, "file:line:column"),
        ])

    private static let finding = MemberTable(
        "finding",
        [
            MemberSpec("kind", .word(["hole", "deviation"]), required: true),
            MemberSpec("sentence", .text, required: true), MemberSpec("expected", .text, required: true),
            MemberSpec("actual", .text, required: true), MemberSpec("sent", .text, required: true),
            MemberSpec("source", .text, "Who says what is expected."),
            MemberSpec("why", .text, "What it does to whom, and who mends it."),
        ])

    private static let rule = MemberTable(
        "rule",
        [
            MemberSpec("id", .text, required: true), MemberSpec("title", .text, required: true),
            MemberSpec("source", .text, required: true),
        ])

    private static let exchange = MemberTable(
        "exchange", help: "The last attempt, secrets masked.",
        [
            MemberSpec("method", .text, required: true), MemberSpec("url", .text, required: true),
            MemberSpec("status", .integer, "Absent: there was no answer."),
            MemberSpec("bodySize", .integer, required: true, "Bytes."),
            MemberSpec("tooLarge", .boolean, "The body was above --max-body."),
            MemberSpec("timings", .object("timings")),
            MemberSpec("refusal", .object("refusal"), "Of a 401 or 403 that was not expected."),
            MemberSpec("curl", .text, "To repeat it; only where the case did not pass."),
            MemberSpec("body", .text, "The beginning of the answer; only where the case did not pass."),
        ])

    private static let timings = MemberTable(
        "timings", help: "Milliseconds; parts that took no time are left out.",
        ["dns", "connect", "tls", "firstByte", "transfer", "total"].map { MemberSpec($0, .number) })

    private static let refusal = MemberTable(
        "refusal",
        [
            MemberSpec("answeredAt", .text, required: true),
            MemberSpec("challenges", .texts, "The lines of WWW-Authenticate."),
            MemberSpec("token", .object("token"), "That the request went out with."),
        ])

    private static let token = MemberTable(
        "token", help: "Everything but its value.",
        [
            MemberSpec("type", .text, required: true, "The word in front of it."),
            MemberSpec("origin", .word(["login", "refresh"]), required: true),
            MemberSpec("obtainedAt", .text, required: true),
            MemberSpec("expiresAt", .text, "Absent: not known."),
            MemberSpec("scopeGranted", .texts, "Absent: the answer does not say."),
            MemberSpec("claims", .list(.object("claim")), "Of a token that decodes as a JWT."),
        ])

    private static let claim = MemberTable(
        "claim",
        [
            MemberSpec("name", .text, required: true),
            MemberSpec("shown", .text, required: true, "The value, or only its kind where it may be about a person."),
        ])

    private static let credential = MemberTable(
        "reported credential",
        [
            MemberSpec("identity", .text, required: true), MemberSpec("provider", .text, required: true),
            MemberSpec("file", .text, required: true), MemberSpec("line", .integer, required: true),
            MemberSpec("verdict", .word(["passed", "error"]), required: true),
            MemberSpec("problem", .object("problem")), MemberSpec("duration", .integer, required: true),
            MemberSpec("tokenRequests", .integer, required: true), MemberSpec("scopeAsked", .texts),
            MemberSpec("token", .object("token"), "The last one."),
        ])

    private static let totals = MemberTable(
        "totals",
        ["passed", "failed", "errors", "skipped", "warnings", "contractCasesNotRun"]
            .map { MemberSpec($0, .integer, required: true) })
}

extension ReportTables {
    /// `report.schema.json`
    package static var schema: JSONValue {
        SchemaWriter(tables: all).schema(
            root: report, id: "urn:usher:report.schema.json", title: "A report of a run (usher run --json)")
    }
}
