import Providers

extension XMLTree {
    /// The text of the first element, or of the attribute, that the path leads to; without blanks around it.
    func text(at path: XMLPath) -> String? {
        guard let element = element(at: path) else { return nil }
        return path.attribute.map { element.attributes[$0] } ?? Self.trimmed(element.text)
    }

    private func element(at path: XMLPath) -> Element? {
        var starts = [root]
        var wanted = path.steps[...]
        if path.startsAnywhere {
            starts = Self.all(below: root)
        } else {
            guard let first = wanted.popFirst(), first.name == root.name, (first.place ?? 1) == 1 else { return nil }
            return Self.descend(root, wanted)
        }
        guard let first = wanted.popFirst() else { return nil }
        let matches = starts.filter { $0.name == first.name }
        let chosen = first.place.map { place in place <= matches.count ? [matches[place - 1]] : [] } ?? matches
        return chosen.lazy.compactMap { Self.descend($0, wanted) }.first
    }

    private static func descend(_ element: Element, _ steps: ArraySlice<XMLPath.Step>) -> Element? {
        guard let step = steps.first else { return element }
        let children = element.children.filter { $0.name == step.name }
        let chosen = step.place.map { place in place <= children.count ? [children[place - 1]] : [] } ?? children
        return chosen.lazy.compactMap { descend($0, steps.dropFirst()) }.first
    }

    /// In document order.
    private static func all(below root: Element) -> [Element] {
        var result: [Element] = []
        var rest = [root]
        while let element = rest.popLast() {
            result.append(element)
            rest += element.children.reversed()
        }
        return result
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }
}

/// Escapes text for an element or an attribute.
enum XMLEscape {
    static func text(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            default: result.append(character)
            }
        }
    }
}
