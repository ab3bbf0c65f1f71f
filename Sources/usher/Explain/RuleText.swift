import Contract

/// The rule catalogue as text, for `usher contract --list`, `--rule` and `usher explain`.
enum RuleText {
    /// Every rule on a line, by family, and what the words mean.
    static func list(_ catalogue: RuleCatalogue = .builtIn) -> String {
        let checked = Set(CheckedRule.tried.map(\.id))
        let families = catalogue.families.map { family in
            "\(family.id)  \(family.title)\n" + family.rules.map { "  " + line($0, checked) + "\n" }.joined() + "\n"
        }
        return families.joined() + legend(catalogue.rules, checked)
    }

    /// Everything about one rule; nil where there is none of that id (in capitals or not).
    static func rule(_ id: String, in catalogue: RuleCatalogue = .builtIn) -> String? {
        catalogue[id.uppercased()].map(text)
    }

    private static func line(_ rule: Rule, _ checked: Set<String>) -> String {
        let modes = rule.modes.map(\.word).joined(separator: ", ")
        return rule.id.padded(to: 8) + rule.severity.word.padded(to: 7) + modes.padded(to: 15)
            + rule.pack.rawValue.padded(to: 12) + (checked.contains(rule.id) ? "checked" : "not yet").padded(to: 9)
            + rule.title
    }

    private static func legend(_ rules: [Rule], _ checked: Set<String>) -> String {
        let severities = Rule.Severity.allCases.map { Paragraph.entry($0.word, $0.phrase, indent: 9) }
        let modes = Rule.Mode.allCases.map { Paragraph.entry($0.word, $0.phrase, indent: 9) }
        let count = rules.count { checked.contains($0.id) }
        return severities.joined() + "\n" + modes.joined() + "\n"
            + "\(rules.count) rules, \(count) of them checked by this version. 'usher explain RES-03' explains one.\n"
    }

    private static func text(_ rule: Rule) -> String {
        let modes = rule.modes.map { "\($0.word): \($0.phrase)" }.joined(separator: "; ")
        return "\(rule.id): \(rule.title)\n\n" + Paragraph.entry("Source", rule.source)
            + Paragraph.entry("Severity", severity(rule)) + Paragraph.entry("Pack", pack(rule.pack))
            + Paragraph.entry("Mode", modes) + Paragraph.entry("Sent", rule.sends) + counts(rule) + why(rule)
            + Paragraph.entry("Checked", check(rule)) + WordText.list(in: words(rule))
    }

    private static func why(_ rule: Rule) -> String {
        (rule.why.map { Paragraph.entry("Why", $0) } ?? "") + (rule.hole.map { Paragraph.entry("Hole", $0) } ?? "")
    }

    /// What may hold a word that has to be explained.
    private static func words(_ rule: Rule) -> String {
        [rule.title, rule.sends, rule.counts, rule.why ?? "", rule.hole ?? ""].joined(separator: " ")
    }

    private static func severity(_ rule: Rule) -> String {
        let hole = rule.access && rule.severity != .hole
        return rule.severity.phrase + " (\(rule.severity.rawValue))"
            + (hole ? "; what is granted all the same is a hole and fails the build (C)" : "")
    }

    private static func pack(_ pack: Rule.Pack) -> String {
        let claim =
            pack == .http
            ? "Always claimed."
            : "Claimed where contract.packs of the provider names it; without contract.packs: \(pack.claim)."
        return "\(pack.rawValue): \(pack.subject). \(claim)"
    }

    /// What is kept and what is broken, each on lines of its own.
    private static func counts(_ rule: Rule) -> String {
        let observed = "Only observed: "
        guard !rule.counts.hasPrefix(observed) else {
            return Paragraph.entry("Observed", String(rule.counts.dropFirst(observed.count)))
        }
        return rule.counts.replacing(" Broken: ", with: "\nBroken: ").split(separator: "\n").map { part in
            let words = part.split(separator: ": ", maxSplits: 1)
            return Paragraph.entry(String(words[0]), words.dropFirst().joined())
        }.joined()
    }

    private static func check(_ rule: Rule) -> String {
        guard let check = checks[rule.id], check.gap == nil else {
            return "not by this version" + (checks[rule.id]?.gap.map { ": \($0)" } ?? "")
        }
        let probes = check.probes
        return probes.isEmpty ? "yes, on ordinary traffic" : "yes, with \(probes.joined(separator: ", "))"
    }

    private static let checks = Dictionary(CheckedRule.all.map { ($0.id, $0) }) { first, _ in first }
}
