import Contract

/// The glossary as `usher explain` shows it.
enum WordText {
    /// `usher explain scope`; nil where it is no word of the glossary.
    static func word(_ name: String) -> String? {
        Glossary.builtIn[name].map {
            "\($0.name): " + Paragraph.lines($0.meaning, width: 80).joined(separator: "\n") + "\n"
        }
    }

    /// The words of a text below each other, after a blank line; empty where there are none.
    static func list(in text: String) -> String {
        let words = Glossary.builtIn.words(in: text)
        guard !words.isEmpty else { return "" }
        let width = (words.map(\.name.count).max() ?? 0) + 2
        return "\nWords\n" + words.map { Paragraph.entry($0.name, $0.meaning, indent: width) }.joined()
    }
}
