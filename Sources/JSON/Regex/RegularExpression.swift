/// A regular expression that is matched in time linear in the text, whatever the pattern: no backtracking, hence no
/// back-references and no look-around.
///
/// Works on Unicode scalars. The first alternative and the greedier (or lazier) repeat win, as in Perl.
package struct RegularExpression: Sendable {
    package enum Dialect: Sendable, Hashable {
        /// Exactly RFC 9485, the regular expressions of JSONPath; `^` and `$` are ordinary characters there.
        case iRegexp
        /// RFC 9485 with what people expect to write in a search: anchors (`^` and `$` of the whole text, of lines with
        /// `(?m)`), capturing, named and non-capturing groups, lazy repeats, `\d \w \s \b` and their opposites (digits
        /// and word characters are ASCII ones), `\t \n \r \f \v \xHH \uHHHH \u{…}`, and `(?i) (?m) (?s)` at the start.
        case search
    }

    /// The pattern as it was written.
    package let pattern: String
    package let dialect: Dialect
    /// The names of the capturing groups in order, nil for those without one.
    package let groupNames: [String?]
    let program: RegexProgram

    /// - Throws: `QueryError` with the place in the pattern, also where the pattern asks for too much: more
    ///   than 10,000 steps once its counted repeats are written out, groups nested deeper than 50, a count above 1,000.
    package init(parsing pattern: String, dialect: Dialect) throws(QueryError) {
        var parser = RegexParser(pattern, dialect)
        let syntax = try parser.parse()
        program = try RegexCompiler.compile(syntax, parser)
        groupNames = parser.groupNames
        self.pattern = pattern
        self.dialect = dialect
    }

    /// True where the whole text is one match, anchors or not.
    package func matchesWhole(_ text: String) -> Bool {
        var machine = RegexMachine(program, goal: .whole)
        return machine.run(Substring(text), at: 0) != nil
    }

    /// True where a part of the text matches; cheaper than `firstMatch`.
    package func matchesSomewhere(in text: String) -> Bool {
        var machine = RegexMachine(program, goal: .somewhere)
        return machine.run(Substring(text), at: 0) != nil
    }

    /// The leftmost match.
    package func firstMatch(in text: String) -> Match? {
        var machine = RegexMachine(program, goal: .leftmost)
        return machine.run(Substring(text), at: 0).map { match($0, in: text) }
    }

    /// All matches from left to right, none overlapping another; one that is empty does not stand right behind another.
    ///
    /// Each is found in linear time.
    package func allMatches(in text: String) -> [Match] {
        var machine = RegexMachine(program, goal: .leftmost)
        var matches: [Match] = []
        var at = text.startIndex
        var lastEnd: String.Index?
        while true {
            let offset = text.utf8.distance(from: text.startIndex, to: at)
            let before =
                at > text.startIndex ? text.unicodeScalars[text.unicodeScalars.index(before: at)] : nil
            guard let slots = machine.run(text[at...], at: offset, behind: before) else { return matches }
            let match = match(slots, in: text)
            if !match.range.isEmpty || match.range.lowerBound != lastEnd { matches.append(match) }
            lastEnd = match.range.upperBound
            at = match.range.upperBound
            guard match.range.isEmpty else { continue }
            guard at < text.endIndex else { return matches }
            at = text.unicodeScalars.index(after: at)
        }
    }

    private func match(_ slots: [Int], in text: String) -> Match {
        let parts = stride(from: 0, to: slots.count - 1, by: 2).map { place -> Substring? in
            let (start, end) = (slots[place], slots[place + 1])
            guard start >= 0, end >= start else { return nil }
            let lower = text.utf8.index(text.startIndex, offsetBy: start)
            return text[lower..<text.utf8.index(lower, offsetBy: end - start)]
        }
        return Match(
            text: parts.first.flatMap { $0 } ?? text[text.startIndex..<text.startIndex],
            groups: Array(parts.dropFirst()), names: groupNames)
    }
}

extension RegularExpression {
    /// A part of a text that matched.
    package struct Match: Sendable {
        /// The whole match.
        package let text: Substring
        /// What the capturing groups matched, the first group at index 0; nil for a group that took no part.
        package let groups: [Substring?]
        private let names: [String?]

        init(text: Substring, groups: [Substring?], names: [String?]) {
            self.text = text
            self.groups = groups
            self.names = names
        }

        package var range: Range<String.Index> { text.startIndex..<text.endIndex }

        /// What the group of that name matched.
        package subscript(_ name: String) -> Substring? {
            guard let place = names.firstIndex(of: name), place < groups.count else { return nil }
            return groups[place]
        }
    }
}

extension RegularExpression: Hashable {
    package static func == (a: RegularExpression, b: RegularExpression) -> Bool {
        a.dialect == b.dialect && a.pattern.utf8.elementsEqual(b.pattern.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in pattern.utf8 { hasher.combine(byte) }
    }
}
