package import JSON

/// The member tables of expectations, predicates and captures, for readers and the published schemas.
package enum ExpectationTables {
    package static let all = [
        expectation, StatusSet.table, body, Vocabulary.value.table, Vocabulary.header.table, Vocabulary.duration.table,
        capture,
    ]

    package static let expectation = MemberTable(
        "expectation", help: "What an answer must be like; all members must hold.",
        [
            MemberSpec("status", StatusSet.shape, "The status; \"2xx\" where it is not named."),
            MemberSpec(
                "headers", .map(Vocabulary.header.shape), "Header name → predicate on its lines joined with \", \"."),
            MemberSpec(
                "json", .map(Vocabulary.value.shape),
                "JSONPath → predicate on its value, or on the array of its matches."),
            MemberSpec("text", Vocabulary.value.shape, "Predicate on the decoded text of the body."),
            MemberSpec("body", .object("body-expectation"), "Size and digest of the body."),
            MemberSpec(
                "challenge", .map(.map(Vocabulary.value.shape)),
                "Scheme → parameter → predicate; { \"Bearer\": {} } asks for such a challenge."),
            MemberSpec("duration", Vocabulary.duration.shape, "Time of the last attempt without token and queue."),
            later("cookies", .map(.any), "Cookie name → its attributes → predicate."),
            later("xpath", .map(.any), "XPath → predicate."),
            later("namespaces", .map(.text), "Prefix → namespace, for xpath."),
            later("schema", .any, "A JSON Schema or the path of one for the whole body."),
            later("timings", .any, "Phases of the transfer → predicate."),
            later("certificate", .any, "Fields of the server's certificate → predicate."),
            later("httpVersion", .text, "\"1.1\" or \"2\"."),
            later("redirects", .any, "Predicate on the number of redirects taken."),
        ])

    package static let body = MemberTable(
        "body-expectation", help: "Size and digest of the decoded body.",
        [
            MemberSpec("size", Vocabulary.value.shape, "Predicate on the size in bytes."),
            MemberSpec("sha256", Vocabulary.value.shape, "Predicate on the SHA-256 digest in lower-case hexadecimal."),
        ])

    package static let capture = MemberTable(
        "capture", help: "A value taken from the answer; exactly one source.",
        [
            MemberSpec("json", .text, "A singular JSONPath: names and indexes only."),
            MemberSpec("header", .text, "A header name; its lines are joined with \", \"."),
            MemberSpec("regex", .text, "A regular expression; its first group is taken from the text of the body."),
            MemberSpec("status", .literal(true), "The status as a number."),
            MemberSpec("text", .literal(true), "The decoded text of the body."),
            MemberSpec("url", .literal(true), "The URL the answer came from, after redirects."),
            later("xpath", .text, "An XPath."),
            later("cookie", .text, "A cookie's name."),
            MemberSpec(
                "secret", .either([.literal(true), .literal(false)]),
                "Masked everywhere; goes only to the host it came from."),
            MemberSpec("default", .any, "The value where nothing is found."),
        ])

    private static func later(_ name: String, _ shape: Shape, _ help: String) -> MemberSpec {
        MemberSpec(name, shape, availability: .later, help)
    }
}
