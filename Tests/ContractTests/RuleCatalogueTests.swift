import Diagnostics
import JSON
import Results
import Testing

@testable import Contract

@Suite("The rule catalogue")
struct RuleCatalogueTests {
    private let catalogue = RuleCatalogue.builtIn

    @Test("is read without a complaint")
    func clean() {
        var bag = DiagnosticBag()
        _ = RuleCatalogue(into: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
    }

    @Test("holds the 206 rules of its families, each id once")
    func complete() {
        let expected = [
            "TOK": 41, "REF": 14, "RES": 36, "JWT": 18, "HTT": 7, "KEY": 2, "DIS": 23, "REV": 11, "INT": 10, "AST": 10,
            "EXC": 7, "DEV": 6, "PKC": 8, "POP": 13,
        ]
        #expect(catalogue.families.map(\.id) == RuleCatalogue.familyIDs)
        for family in catalogue.families { #expect(family.rules.count == expected[family.id], "\(family.id)") }
        #expect(catalogue.rules.count == 206)
        #expect(Set(catalogue.rules.map(\.id)).count == 206)
    }

    @Test("finds every rule by its id, and none by another word")
    func lookUp() {
        for rule in catalogue.rules { #expect(catalogue[rule.id] == rule) }
        #expect(catalogue["RES-99"] == nil)
        #expect(catalogue[""] == nil)
    }

    @Test("every rule says what it wants, who says so, what is sent and what counts")
    func filled() {
        let sections = "§|Appendix|tool rule|draft-"
        for rule in catalogue.rules {
            for text in [rule.title, rule.source, rule.sends, rule.counts] {
                #expect(text.count > 8 && text == text.trimmed, "\(rule.id): '\(text)'")
            }
            #expect(sections.split(separator: "|").contains { rule.source.contains($0) }, "\(rule.id): \(rule.source)")
            #expect(!rule.title.hasSuffix("."), "\(rule.id)")
            #expect(rule.sends.hasSuffix(".") && rule.counts.hasSuffix("."), "\(rule.id)")
        }
    }

    @Test("every rule that a run tries says why it matters and who mends it, in two sentences of a line and a half")
    func reasons() {
        let tried =
            TokenRuleCheck.all.filter { $0.gap == nil }.map(\.id)
            + ResourceRuleCheck.all.filter { $0.gap == nil }.map(\.id) + MatrixRuleCheck.all.map(\.id)
        for id in tried { #expect(catalogue[id]?.why != nil, "\(id)") }
        for rule in catalogue.rules {
            for text in [rule.why, rule.hole].compactMap(\.self) {
                #expect(text.hasSuffix(".") && text.contains(". ") && text.count <= 220, "\(rule.id): \(text)")
                let actors = ["The API ", "the API ", "service ", "Whoever runs the ", "Nothing "]
                #expect(actors.contains { text.contains($0) }, "\(rule.id) names nobody who mends it: \(text)")
                #expect(!text.contains("RFC"), "\(rule.id): who does not know OAuth has not read them")
            }
            // What a caller who was let in means is another thing than a wrong status.
            if rule.why != nil, rule.access, rule.severity != .hole { #expect(rule.hole != nil, "\(rule.id)") }
            #expect(rule.hole == nil || rule.severity != .hole && rule.why != nil, "\(rule.id)")
        }
    }

    @Test("an observation is never broken, and every other rule says what is kept and what is broken")
    func verdicts() {
        for rule in catalogue.rules {
            let isObservation = rule.severity == .observation
            #expect(rule.counts.hasPrefix("Only observed: ") == isObservation, "\(rule.id)")
            let saysBoth = rule.counts.hasPrefix("Kept: ") && rule.counts.contains(" Broken: ")
            #expect(saysBoth == !isObservation, "\(rule.id)")
        }
    }

    @Test("a hole is about access; what grants access says so")
    func access() {
        for rule in catalogue.rules {
            #expect(rule.severity != .hole || rule.access, "\(rule.id)")
            #expect(!(rule.severity == .observation && rule.access), "\(rule.id)")
            let isSaid = rule.counts.contains("a hole")
            #expect(isSaid == (rule.access && rule.severity != .hole), "\(rule.id): \(rule.counts)")
        }
        let byManner = catalogue.rules.filter { $0.access && $0.severity != .hole }.map(\.id)
        #expect(byManner.contains("RES-02") && byManner.contains("RES-09") && byManner.contains("TOK-12"))
    }

    @Test(
        "rules stand in the pack of what they need",
        arguments: [
            ("TOK", [Rule.Pack.oauth]), ("REF", [.refresh]), ("RES", [.bearer, .http, .pop]),
            ("JWT", [.jwt, .accessTokenJWT]), ("HTT", [.http]), ("KEY", [.key]), ("DIS", [.metadata]),
            ("REV", [.revoke]), ("INT", [.introspect]),
            ("AST", [.assert]), ("EXC", [.exchange]), ("DEV", [.device]), ("PKC", [.code]), ("POP", [.pop]),
        ])
    func packs(_ family: String, _ packs: [Rule.Pack]) {
        let rules = catalogue.families.first { $0.id == family }?.rules ?? []
        #expect(Set(rules.map(\.pack)) == Set(packs))
        if family == "RES" {
            let plain = rules.filter { $0.pack == .http }.map { String($0.id.suffix(2)) }
            #expect(plain == ["01", "02", "03", "19", "20", "21", "22", "23", "24", "25", "32", "33", "34", "35"])
        }
        if family == "JWT" {
            #expect(rules.filter { $0.pack == .accessTokenJWT }.map(\.id) == ["JWT-01", "JWT-03"])
        }
    }

    @Test("every check of this version judges a rule that is there")
    func checks() {
        for id in CheckedRule.all.map(\.id) {
            #expect(catalogue[id] != nil, "\(id)")
        }
    }

    @Test("one word of its severities and of its modes stands for one thing")
    func words() {
        #expect(Set(Rule.Severity.allCases.map(\.word)).count == Rule.Severity.allCases.count)
        #expect(Set(Rule.Mode.allCases.map(\.word)).count == Rule.Mode.allCases.count)
        #expect(Set(Rule.Pack.allCases.map(\.subject)).count == Rule.Pack.allCases.count)
    }
}

@Suite("Reading a file of the rule catalogue")
struct RuleReaderTests {
    private static let good = """
        { "id": "RES-01", "title": "t", "source": "s", "severity": "W", "access": true, "modes": ["P", "A"],
          "pack": "http", "sends": "x", "counts": "y" }
        """

    @Test("takes over every member")
    func members() throws {
        let more = Self.good.replacing("\"y\" }", with: "\"y\", \"why\": \"w\", \"hole\": \"h\" }")
        let (family, problems) = read(rules: more)
        #expect(problems.isEmpty)
        let rule = try #require(family?.rules.first)
        #expect(rule.severity == .should && rule.access && rule.modes == [.passive, .active] && rule.pack == .http)
        #expect([rule.id, rule.title, rule.source, rule.sends, rule.counts] == ["RES-01", "t", "s", "x", "y"])
        #expect(rule.why == "w" && rule.hole == "h")
        #expect(rule.note.why(.deviation) == "w" && rule.note.why(.hole) == "h")
        #expect(read(rules: Self.good).family?.rules.first?.note.why(.hole) == nil)
        #expect(family?.title == "T")
    }

    @Test("a rule of severity C is about access without saying so")
    func hole() throws {
        let text = Self.good.replacing("\"W\", \"access\": true", with: "\"C\"")
        #expect(try #require(read(rules: text).family?.rules.first).access)
    }

    @Test(
        "says what is odd",
        arguments: [
            ("\"id\": \"RES-01\"", "\"id\": \"RES-02\"", "wrong-id"), ("\"RES-01\"", "\"TOK-01\"", "wrong-id"),
            ("\"title\": \"t\"", "\"title\": \" \"", "empty"), ("\"source\": \"s\", ", "", "missing-member"),
            ("\"W\"", "\"X\"", "wrong-kind"), ("\"pack\": \"http\"", "\"pack\": \"soap\"", "wrong-kind"),
            ("[\"P\", \"A\"]", "[]", "wrong-modes"), ("[\"P\", \"A\"]", "[\"A\", \"A\"]", "wrong-modes"),
            ("[\"P\", \"A\"]", "[\"Q\"]", "wrong-kind"), ("\"sends\"", "\"send\"", "unknown-member"),
            ("\"counts\": \"y\"", "\"counts\": \"y\",", "not-json"),
        ])
    func odd(_ old: String, _ new: String, _ code: String) {
        let problems = read(rules: Self.good.replacing(old, with: new)).problems
        #expect(problems.contains { $0.code == code }, "\(problems)")
    }

    @Test("a gap in the numbers, a rule that stands there twice and a file of another family are mistakes")
    func gap() {
        let third = Self.good.replacing("RES-01", with: "RES-03")
        #expect(read(rules: Self.good + "," + third).problems.map(\.code) == ["wrong-id"])
        #expect(read(rules: Self.good + "," + Self.good).problems.map(\.code) == ["wrong-id"])
        #expect(read(family: "TOK", rules: Self.good).problems.map(\.code) == ["wrong-family"])
    }

    private func read(
        family: String = "RES", rules: String
    ) -> (family: RuleCatalogue.Family?, problems: [Diagnostic]) {
        var bag = DiagnosticBag()
        let text = "{ \"family\": \"\(family)\", \"title\": \"T\", \"rules\": [\(rules)] }"
        let file = SourceFile(path: "built-in:RES.json", text: text)
        let read = RuleReader.read(file, family: "RES", into: &bag)
        return (read, bag.sorted)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
