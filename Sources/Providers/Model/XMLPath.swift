/// A small part of XPath 1.0: `/a/b`, `//b/c`, each name local (prefixes are not compared), a place `b[2]`, and an
/// attribute `@x` at the end.
package struct XMLPath: Sendable, Hashable {
    package struct Step: Sendable, Hashable {
        package let name: String
        /// Counted from 1; nil: the first.
        package let place: Int?
    }

    package let text: String
    /// `//`: the first step may stand anywhere.
    package let startsAnywhere: Bool
    package let steps: [Step]
    package let attribute: String?

    /// nil where the text is not of this form.
    package init?(_ text: String) {
        self.text = text
        startsAnywhere = text.hasPrefix("//")
        guard text.hasPrefix("/") else { return nil }
        let parts = text.dropFirst(startsAnywhere ? 2 : 1).split(separator: "/", omittingEmptySubsequences: false)
        var steps: [Step] = []
        var attribute: String?
        for part in parts {
            guard attribute == nil else { return nil }
            if part.hasPrefix("@") {
                guard Self.isName(part.dropFirst()) else { return nil }
                attribute = String(part.dropFirst())
            } else {
                guard let step = Self.step(part) else { return nil }
                steps.append(step)
            }
        }
        guard !steps.isEmpty else { return nil }
        (self.steps, self.attribute) = (steps, attribute)
    }

    private static func step(_ part: Substring) -> Step? {
        let pieces = part.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = pieces[0].split(separator: ":").last, isName(name) else { return nil }
        guard pieces.count == 2 else { return Step(name: String(name), place: nil) }
        guard pieces[1].hasSuffix("]"), let place = Int(pieces[1].dropLast()), (1...10_000).contains(place) else {
            return nil
        }
        return Step(name: String(name), place: place)
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-.:".unicodeScalars.contains($0)
            }
    }
}
