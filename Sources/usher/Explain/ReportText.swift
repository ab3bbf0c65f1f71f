import HTTP
import JSON
import Secrets
import Tokens

/// A saved report's refusals, explained; the texts in it were masked when it was written, and are once more.
struct ReportText {
    private static let width = 100
    private static let bodyLimit = 400

    let report: SavedReport
    let redactor: Redactor

    var text: String {
        let blocks = [head] + report.dead.map(credential) + report.refusals.map(refusal) + [contract].compactMap(\.self)
        return blocks.joined(separator: "\n")
    }

    private var head: String {
        let when = report.startedAt.map { " of \(readable($0, 40))" } ?? ""
        let place =
            report.isSandbox ? ", sandbox" : report.environment.map { ", environment \(readable($0, 100))" } ?? ""
        var counts: [String] = []
        if !report.refusals.isEmpty { counts.append("\(report.refusals.count) unexpected 401 or 403") }
        if !report.dead.isEmpty {
            counts.append(
                report.dead.count == 1 ? "1 identity got no token" : "\(report.dead.count) identities got no token")
        }
        let found = counts.isEmpty ? "no answer was an unexpected 401 or 403" : counts.joined(separator: ", ")
        return "run\(when)\(place): \(found)\n"
    }

    private func credential(_ dead: SavedReport.DeadCredential) -> String {
        let notSent =
            dead.dependents == 1 ? "1 request was not sent for it" : "\(dead.dependents) requests were not sent for it"
        return "\(readable("\(dead.identity)  (\(dead.place))", 300))\n" + entry("why", dead.message)
            + entry("so", notSent) + entry("next", "usher explain \(dead.identity)")
    }

    private func refusal(_ refusal: SavedReport.Refusal) -> String {
        let reading = RefusalReading(refusal, scopeAsked: report.scopeAsked[refusal.identity ?? ""] ?? [])
        var text = readable("\(refusal.title)  (\(refusal.place))", 300) + "\n"
        text += entry("sent", "\(refusal.call) as \(refusal.identity ?? "nobody")")
        text += entry("answered", "\(refusal.status)" + (refusal.answeredAt.map { " at \(moment($0))" } ?? ""))
        for challenge in refusal.challenges { text += entry("challenge", challenge) }
        if let token = refusal.token { text += self.token(token, at: refusal.answeredAt) }
        for failure in refusal.failures { text += entry("expected", failure) }
        for reason in reading.reasons {
            text += entry("why", reason.sentence + (reason.rule.map { " Rule \($0): usher explain \($0)." } ?? ""))
            if let advice = reason.advice { text += entry("next", advice) }
        }
        if let body = refusal.body { text += entry("body", body, limit: Self.bodyLimit) }
        if let curl = refusal.curl { text += "  \(readable(curl, 4000))\n" }
        return text
    }

    /// When it came, how old it was, when it ends, what it may do.
    private func token(_ token: SavedReport.Token, at now: Int64?) -> String {
        var facts = [token.origin == "refresh" ? "renewed" : "got by a login"]
        if let from = token.obtainedAt {
            facts[0] += " at \(moment(from))"
            if let now { facts.append("\(DurationText.display(.milliseconds(max(0, now - from)))) old") }
        }
        facts.append(token.expiresAt.map { "ends \(moment($0))" } ?? "its end is not known")
        if let scope = token.scope { facts.append("scope \(scope.isEmpty ? "none" : scope.joined(separator: " "))") }
        return entry("token", facts.joined(separator: ", "))
            + (token.claims.isEmpty ? "" : entry("claims", token.claims.joined(separator: " · ")))
    }

    /// The findings themselves stand in the report; here only which rules they are of.
    private var contract: String? {
        guard !report.findings.isEmpty else { return nil }
        let rules = Set(report.findings.compactMap(\.rule)).sorted()
        let count =
            report.findings.count == 1 ? "1 contract case failed" : "\(report.findings.count) contract cases failed"
        let names =
            rules.isEmpty
            ? ""
            : "; what a rule says: usher explain \(rules[0])"
                + (rules.count > 1 ? " (also \(rules.dropFirst().joined(separator: ", ")))" : "")
        return Paragraph.lines(count + names, width: Self.width).joined(separator: "\n") + "\n"
    }

    private func entry(_ name: String, _ text: String, limit: Int = 2000) -> String {
        Paragraph.entry(name, readable(text, limit), indent: 12, width: Self.width - 2)
            .split(separator: "\n").map { "  \($0)\n" }.joined()
    }

    /// A report may come from anywhere.
    private func readable(_ text: String, _ limit: Int) -> String {
        ForeignText.readable(text, redactor, limit: limit)
    }

    private func moment(_ milliseconds: Int64) -> String { CalendarTime(milliseconds / 1000 * 1000).rfc3339 }
}
