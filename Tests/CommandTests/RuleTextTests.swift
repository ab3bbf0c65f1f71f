import Contract
import Testing

@testable import usher

@Suite("The rule catalogue as text")
struct RuleTextTests {
    @Test("the list names every rule once, under its family, with severity, mode and whether it is checked")
    func list() throws {
        let lines = RuleText.list().split(separator: "\n")
        for family in RuleCatalogue.builtIn.families {
            let head = try #require(lines.firstIndex(of: "\(family.id)  \(family.title)"))
            let block = lines[(head + 1)...].prefix(family.rules.count)
            for (rule, line) in zip(family.rules, block) {
                let words = line.split(separator: " ").map(String.init)
                #expect(words.starts(with: [rule.id, rule.severity.word]), "\(line)")
                #expect(line.hasSuffix(rule.title) && rule.modes.allSatisfy { line.contains($0.word) }, "\(line)")
                #expect(line.contains(Self.checked.contains(rule.id) ? " checked " : " not yet "), "\(line)")
            }
        }
        #expect(RuleText.list().contains("206 rules, \(Self.checked.count) of them checked by this version."))
    }

    @Test("the columns of the list stand below each other")
    func columns() {
        let lines = RuleText.list().split(separator: "\n")
        let titles = Dictionary(grouping: RuleCatalogue.builtIn.rules) { rule in
            lines.first { $0.contains(rule.id + " ") && $0.hasSuffix(rule.title) }
                .map { $0.count - rule.title.count } ?? -1
        }
        #expect(titles.count == 1, "\(titles.keys)")
    }

    @Test("every rule is explained with all that the catalogue says, in lines of 100 characters at most")
    func rules() throws {
        for rule in RuleCatalogue.builtIn.rules {
            let text = try #require(RuleText.rule(rule.id))
            #expect(text.hasPrefix("\(rule.id): \(rule.title)\n"))
            let lines = text.split(separator: "\n")
            let words = Set(lines.flatMap { $0.split(separator: " ") })
            for word in [rule.source, rule.sends, rule.why ?? "", rule.hole ?? ""].joined(separator: " ").split(
                separator: " ")
            {
                #expect(words.contains(word), "\(rule.id): \(word)")
            }
            #expect(lines.dropFirst().allSatisfy { $0.count <= 100 }, "\(rule.id)")
            #expect(text.contains("\nChecked:   not by this version") != Self.checked.contains(rule.id))
        }
    }

    @Test("an id in small letters is known, another word is not")
    func names() {
        #expect(RuleText.rule("res-03") == RuleText.rule("RES-03"))
        #expect(RuleText.rule("RES-99") == nil)
        #expect(RuleText.rule("") == nil)
    }

    @Test("the words of a rule are explained below it, and each by itself")
    func glossary() throws {
        let text = try #require(RuleText.rule("RES-10"))
        for name in ["bearer", "challenge", "scope", "token"] { #expect(text.contains("\n\(name):"), "\(name)") }
        #expect(!text.contains("\nrefresh token:"))
        #expect(WordText.word("Scope")?.hasPrefix("scope: Words for what a token allows") == true)
        #expect(WordText.word("telescope") == nil)
        #expect(WordText.list(in: "nothing of the kind").isEmpty)
    }

    @Test("text is broken at blanks, and a word that is too long stands alone")
    func paragraphs() {
        #expect(Paragraph.lines("aa bb cc dddddddd e", width: 5) == ["aa bb", "cc", "dddddddd", "e"])
        #expect(Paragraph.lines("", width: 5) == [])
        #expect(Paragraph.entry("N", "aa bb cc", indent: 4, width: 9) == "N:  aa bb\n    cc\n")
    }

    private static let checked = Set(CheckedRule.tried.map(\.id))
}
