import Diagnostics
import JSON
import Tokens

/// The results of `usher check` as data.
struct CheckJSON {
    static let version = 1
    let environment: String?
    let isSandbox: Bool
    let startedAt: Int64

    func text(_ results: [CheckedCredential]) -> String {
        JSONValue.object(present: [
            ("version", .number(JSONNumber(Self.version))), ("environment", environment.map { .string($0) }),
            ("sandbox", .boolean(isSandbox)), ("startedAt", .string(CalendarTime(startedAt).rfc3339)),
            ("credentials", .array(results.map(credential))),
        ]).text(.pretty) + "\n"
    }

    private func credential(_ checked: CheckedCredential) -> JSONValue {
        JSONValue.object(present: [
            ("identity", .string(checked.identity)), ("provider", .string(checked.provider)),
            ("status", .string(checked.status.rawValue)),
            ("reason", checked.problem.map { .string($0.reason.rawValue) }),
            ("message", checked.problem.map { .string($0.message) }),
            ("advice", checked.problem.map { .string($0.advice) }),
            ("place", checked.problem?.place.map { .string($0.place) }), ("token", checked.token.map(token)),
            (
                "scope",
                JSONValue.object(present: [
                    ("asked", Self.texts(checked.scopeAsked)), ("granted", checked.scopeGranted.map(Self.texts)),
                    ("missing", Self.texts(checked.scopesMissing)),
                ])
            ),
            ("audience", checked.claims.map { Self.texts($0.audience) }),
            ("claims", checked.claims.map { .object(JSONObject($0.claims.map { ($0.name, .string($0.shown)) })) }),
            ("introspection", checked.introspection.map(introspection)),
            ("clockOffset", checked.clockOffset.map { .number(JSONNumber(Int($0))) }),
            ("verify", checked.verified.map(verify)), ("warnings", Self.texts(checked.warnings)),
            ("tokenRequests", .number(JSONNumber(checked.tokenRequests))),
            ("duration", .number(JSONNumber(Int(checked.duration.wholeMilliseconds)))),
        ])
    }

    private func token(_ token: TokenInfo) -> JSONValue {
        JSONValue.object(present: [
            ("type", .string(token.type)), ("obtainedAt", .string(CalendarTime(token.obtainedAt).rfc3339)),
            ("expiresAt", token.expiresAt.map { .string(CalendarTime($0).rfc3339) }),
            ("lifetime", token.lifetime.milliseconds.map { .number(JSONNumber(Int($0))) }),
            ("lifetimeFrom", .string(token.lifetime.source.rawValue)),
            ("hasRefreshToken", .boolean(token.hasRefreshToken)),
            ("refreshExpiresAt", token.refreshExpiresAt.map { .string(CalendarTime($0).rfc3339) }),
        ])
    }

    private func introspection(_ found: Introspection) -> JSONValue {
        JSONValue.object(present: [
            ("active", .boolean(found.isActive)), ("scope", found.scope.map(Self.texts)),
            ("expiresAt", found.expiresAt.map { .string(CalendarTime($0).rfc3339) }),
        ])
    }

    private func verify(_ verified: CheckedCredential.Verified) -> JSONValue {
        JSONValue.object(present: [
            ("call", .string(verified.call)), ("status", verified.status.map { .number(JSONNumber($0)) }),
            ("duration", .number(JSONNumber(Int(verified.duration.wholeMilliseconds)))),
        ])
    }

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

}
