import Diagnostics
import Testing

@testable import Contract

@Suite("The words of tokens and logins")
struct GlossaryTests {
    private let glossary = Glossary.builtIn

    @Test("are read without a complaint, by name, each once, in sentences that leave the standards out")
    func clean() {
        var bag = DiagnosticBag()
        _ = Glossary(into: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
        let names = glossary.words.map { $0.name.lowercased() }
        #expect(names.count >= 15 && names == names.sorted() && Set(names).count == names.count)
        for word in glossary.words {
            #expect(word.meaning.hasSuffix(".") && !word.meaning.contains("RFC"), "\(word.name)")
        }
    }

    @Test(
        "are found in a text, also in the plural and in capitals, and not inside other words",
        arguments: [
            ("The scope in the token", ["scope", "token"]), ("Tokens, JWTs and claims.", ["claim", "JWT", "token"]),
            ("A refresh token", ["refresh token", "token"]), ("Bearer, by a client's own", ["bearer", "client"]),
            ("telescopes, tokenised, recode", []), ("", []),
        ])
    func found(_ text: String, _ names: [String]) {
        #expect(glossary.words(in: text).map(\.name) == names)
    }

    @Test(
        "are there for what rules about revocation, proofs, assertions, exchanges and descriptions speak of",
        arguments: [
            ("REV-06", ["hint"]), ("REV-08", ["client"]), ("INT-07", ["scope"]), ("POP-02", ["bound", "thumbprint"]),
            ("POP-03", ["bound", "proof"]), ("POP-07", ["nonce", "proof"]), ("POP-12", ["introspection"]),
            ("AST-03", ["assertion"]), ("AST-05", ["assertion"]), ("EXC-03", ["subject token"]), ("EXC-05", ["actor"]),
            ("DIS-03", ["description", "issuer"]), ("DIS-14", ["bound"]), ("RES-29", ["issuer"]), ("RES-36", ["bound"]),
        ])
    func explained(_ id: String, _ names: [String]) throws {
        let rule = try #require(RuleCatalogue.builtIn[id])
        let text = [rule.title, rule.sends, rule.counts, rule.why ?? ""].joined(separator: " ")
        #expect(Set(names).isSubset(of: glossary.words(in: text).map(\.name)))
    }

    @Test("are looked up in any case")
    func lookUp() {
        #expect(glossary["SCOPE"]?.name == "scope")
        #expect(glossary["scopes"] == nil && glossary[""] == nil)
    }
}
