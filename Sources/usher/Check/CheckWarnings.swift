import JSON
import Tokens

/// What is good today and will not be for long, or looks odd.
struct CheckWarnings {
    /// Milliseconds since 1970.
    let now: Int64

    private static let day: Int64 = 86_400_000

    func of(_ checked: CheckedCredential) -> [String] {
        var warnings: [String] = []
        if let offset = checked.clockOffset, abs(offset) > 30_000 {
            let apart = DurationText.display(.milliseconds(abs(offset)))
            warnings.append("its clock is \(apart) \(offset > 0 ? "ahead of" : "behind") this machine's")
        }
        let missing = checked.scopesMissing
        if !missing.isEmpty { warnings.append("asked for \(missing.joined(separator: ", ")) and did not get it") }
        if let remark = checked.token?.lifetime.remark { warnings.append(remark) }
        if let life = checked.token?.lifetime.milliseconds, life >= TokenLifetime.longest {
            warnings.append("the token would live for ten years and more: do unit and format of its expiry fit?")
        }
        let introspected = checked.introspection?.expiresAt
        if let token = checked.token, token.lifetime.milliseconds == nil, introspected == nil {
            warnings.append("nothing says when the token ends")
        }
        if let stated = checked.token?.expiresAt, let introspected, abs(stated - introspected) > 60_000 {
            let (own, other) = (CheckText.moment(stated), CheckText.moment(introspected))
            warnings.append("the token ends on \(own) by its answer, on \(other) by introspection")
        }
        if checked.token == nil, let end = checked.claims?.expires, end > now, end - now < 14 * Self.day {
            warnings.append("the credential itself ends in \(DurationText.display(.milliseconds(end - now)))")
        }
        return warnings
    }
}
