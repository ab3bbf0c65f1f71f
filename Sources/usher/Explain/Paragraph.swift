/// Text broken into lines for a terminal.
enum Paragraph {
    /// Broken at blanks; a word longer than a line stands on its own.
    static func lines(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// A name and what is to be said of it, in a column of its own.
    static func entry(_ name: String, _ text: String, indent: Int = 11, width: Int = 100) -> String {
        let blank = String(repeating: " ", count: indent)
        let first = "\(name):".padded(to: indent)
        return lines(text, width: width - indent).enumerated().map { ($0 == 0 ? first : blank) + $1 + "\n" }.joined()
    }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
