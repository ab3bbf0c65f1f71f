package import Diagnostics
import JSON
import Providers

/// Every rule Usher knows, also those that this version does not check.
package struct RuleCatalogue: Sendable {
    /// Rules about one subject; their ids begin with its id.
    package struct Family: Sendable {
        /// `TOK`
        package let id: String
        /// `Token service`
        package let title: String
        package let rules: [Rule]
    }

    /// In the order in which they are listed: what every API has first.
    package static let familyIDs = [
        "TOK", "REF", "RES", "JWT", "HTT", "KEY", "DIS", "REV", "INT", "AST", "EXC", "DEV", "PKC", "POP",
    ]

    /// Read when it is first asked for. What cannot be read is missing; a test proves that all of it can.
    package static let builtIn: RuleCatalogue = {
        var bag = DiagnosticBag()
        return RuleCatalogue(into: &bag)
    }()

    package let families: [Family]
    private let byID: [String: Rule]

    /// The rules that are part of the executable; what is wrong with their files is added to the bag.
    package init(into bag: inout DiagnosticBag) {
        let files = EmbeddedFiles(folder: "rules")
        var families: [Family] = []
        for id in Self.familyIDs {
            guard let file = files.source(named: id) else {
                bag.error("no-rules", "there is no file of the rules \(id)", at: nil)
                continue
            }
            if let family = RuleReader.read(file, family: id, into: &bag) { families.append(family) }
        }
        self.init(families)
    }

    package init(_ families: [Family]) {
        self.families = families
        byID = Dictionary(families.flatMap(\.rules).map { ($0.id, $0) }) { first, _ in first }
    }

    package var rules: [Rule] { families.flatMap(\.rules) }

    /// The rule with that id, in capitals: `RES-03`.
    package subscript(id: String) -> Rule? { byID[id] }
}
