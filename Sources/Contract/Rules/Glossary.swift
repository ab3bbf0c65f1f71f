package import Diagnostics
import JSON
import Providers

/// The words of tokens and logins that rules cannot do without, for readers who know HTTP only.
package struct Glossary: Sendable {
    package struct Word: Sendable, Hashable {
        /// `refresh token`
        package let name: String
        /// A sentence or two.
        package let meaning: String
    }

    /// What cannot be read is missing; a test proves that all of it can.
    package static let builtIn: Glossary = {
        var bag = DiagnosticBag()
        return Glossary(into: &bag)
    }()

    /// By name.
    package let words: [Word]

    /// The words that are part of the executable; what is wrong with their file is added to the bag.
    package init(into bag: inout DiagnosticBag) {
        guard let source = EmbeddedFiles(folder: "glossary").source(named: "words"),
            let root = JSONFile.read(source, into: &bag)
        else {
            bag.error("no-glossary", "there is no file of words", at: nil)
            words = []
            return
        }
        var context = ReadingContext(file: source)
        words = (root["words"].map { Array($0.elements) } ?? []).compactMap { Self.word($0, &context) }
        bag.add(contentsOf: context.bag)
    }

    private static let word = MemberTable(
        "word", help: "A word and what it means.",
        [MemberSpec("word", .text, required: true), MemberSpec("means", .text, required: true)])

    private static func word(_ node: JSONNode, _ context: inout ReadingContext) -> Word? {
        guard let reader = MemberReader(node, word, &context), let name = reader.text("word"),
            let meaning = reader.text("means")
        else { return nil }
        return Word(name: name, meaning: meaning)
    }

    /// The word of that name, in capitals or not.
    package subscript(name: String) -> Word? { words.first { $0.name.lowercased() == name.lowercased() } }

    /// Those that stand in a text, also in the plural.
    package func words(in text: String) -> [Word] {
        let plain = text.lowercased().split { !$0.isLetter && $0 != "_" }.joined(separator: " ")
        return words.filter { word in
            let name = word.name.lowercased()
            return " \(plain) ".contains(" \(name) ") || " \(plain) ".contains(" \(name)s ")
        }
    }
}
