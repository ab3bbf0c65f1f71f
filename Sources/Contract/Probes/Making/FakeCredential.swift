/// What nobody issued, the same in every run.
package enum FakeCredential {
    private static let word = "usher-invalid-credential-"

    /// So many characters that fit into a header, a URL and a cookie.
    static func word(_ length: Int) -> String {
        let length = max(length, 1)
        return String(String(repeating: word, count: length / word.count + 1).prefix(length))
    }

    /// Whether the text is one of these, and so no secret of anybody.
    package static func isMade(_ text: some StringProtocol) -> Bool { text == word(text.count) }

    /// Of the length of the real one, within what every server takes.
    static func like(_ core: String) -> String { word(min(max(core.count, 8), 2048)) }

    /// The text with one character in its middle replaced by another of its kind.
    static func altered(_ text: String) -> String {
        var characters = Array(text)
        guard !characters.isEmpty else { return text }
        let middle = characters.count / 2
        characters[middle] = successor(of: characters[middle])
        return String(characters)
    }

    private static func successor(of character: Character) -> Character {
        let rows: [[Character]] = [
            Array("0123456789"), Array("abcdefghijklmnopqrstuvwxyz"),
            Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        ]
        for row in rows {
            if let place = row.firstIndex(of: character) { return row[(place + 1) % row.count] }
        }
        return "x"
    }
}
