import Contract
import TestSupport
import Testing

@Suite("docs/contract.md")
struct ContractPageTests {
    private let page: String

    init() throws {
        let root = "\(#filePath)".replacing("Tests/ContractTests/ContractPageTests.swift", with: "")
        page = String(decoding: try TemporaryFolder.read(root + "docs/contract.md"), as: UTF8.self)
    }

    @Test("the table of packs says what the command says", arguments: Rule.Pack.allCases)
    func packs(_ pack: Rule.Pack) {
        #expect(page.contains("| `\(pack.rawValue)` | \(pack.subject) | \(pack.claim) |\n"))
    }

    @Test("every severity is described with its word", arguments: Rule.Severity.allCases)
    func severities(_ severity: Rule.Severity) {
        #expect(page.contains("| \(severity.rawValue) | \(severity.word) | "))
    }

    @Test("the words of tokens are those of the command", arguments: Glossary.builtIn.words)
    func words(_ word: Glossary.Word) {
        #expect(page.contains("| **\(word.name)** | \(word.meaning) |\n"))
    }

    @Test("the number of rules is the one of the catalogue")
    func count() {
        #expect(page.contains("holds \(RuleCatalogue.builtIn.rules.count) rules"))
    }
}
