package import HTTP
import JSON

/// What an answer looks like apart from its values: enough to tell data from a page that says no (auth-probes.md §4.1,
/// rule 2).
package struct AnswerShape: Sendable {
    package enum Comparison: Sendable, Hashable {
        case same
        /// The same members, but lists that were full are empty.
        case emptied
        case different
    }

    /// 2 for 2xx.
    package let statusClass: Int
    /// In lower case, without parameters; empty where the answer has none.
    package let mediaType: String
    /// `$.orders[].id`, to three levels; nil where the body is no JSON, or was not kept whole.
    package let paths: Set<String>?
    /// Paths of lists with elements, and without.
    let fullLists: Set<String>
    let emptyLists: Set<String>
    /// In bytes.
    package let size: Int

    package init(_ response: HTTPResponse) {
        statusClass = response.status / 100
        let type = response.headers["Content-Type"] ?? ""
        mediaType = String(type.lowercased().prefix { $0 != ";" && $0 != " " })
        size = response.bodySize
        var walk = Walk()
        let isWhole = response.body.count == response.bodySize && !response.body.isEmpty
        if isWhole, let root = (try? JSONDocument.parse(response.body))?.root, root.isContainer {
            walk.visit(root, "$", depth: 0)
            paths = walk.paths
        } else {
            paths = nil
        }
        (fullLists, emptyLists) = (walk.full, walk.empty.subtracting(walk.full))
    }

    /// - Parameter other: of the answer that is compared with this one, the control.
    package func compared(with other: AnswerShape) -> Comparison {
        guard statusClass == other.statusClass, mediaType == other.mediaType else { return .different }
        guard let paths, let others = other.paths else {
            return (paths == nil) == (other.paths == nil) && hasSizeLike(other) ? .same : .different
        }
        let emptied = fullLists.intersection(other.emptyLists)
        if !emptied.isEmpty {
            return Self.without(emptied, paths) == Self.without(emptied, others) ? .emptied : .different
        }
        if paths == others { return .same }
        // Members of single objects come and go; those at the top are what the answer is about.
        let common = paths.intersection(others).count
        return Self.top(paths) == Self.top(others) && common * 4 >= paths.union(others).count * 3 ? .same : .different
    }

    /// The difference in words, without a value; completes "answered 200, but ".
    package func difference(from other: AnswerShape) -> String {
        if mediaType != other.mediaType {
            return
                "as \(other.mediaType.isEmpty ? "no type" : other.mediaType), not \(mediaType.isEmpty ? "none" : mediaType)"
        }
        guard let paths, let others = other.paths else { return "with \(other.size) bytes in place of \(size)" }
        let emptied = fullLists.intersection(other.emptyLists)
        if !emptied.isEmpty { return "with the list \(Self.named(emptied)) empty" }
        let (missing, added) = (paths.subtracting(others), others.subtracting(paths))
        let parts = [
            missing.isEmpty ? nil : "without \(Self.named(missing))", added.isEmpty ? nil : "with \(Self.named(added))",
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    // MARK: Pieces

    private func hasSizeLike(_ other: AnswerShape) -> Bool {
        if size == 0 || other.size == 0 { return size == other.size }
        return max(size, other.size) <= 2 * min(size, other.size)
    }

    private static func without(_ lists: Set<String>, _ paths: Set<String>) -> Set<String> {
        paths.filter { path in !lists.contains { path.hasPrefix($0 + "[]") } }
    }

    private static func top(_ paths: Set<String>) -> Set<String> {
        paths.filter { path in path.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: ".") ? 1 : 0) } <= 1 }
    }

    private static func named(_ paths: Set<String>) -> String {
        let names = paths.sorted { ($0.count, $0) < ($1.count, $1) }.map { "\($0.prefix(40))" }
        return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }

    private struct Walk {
        static let depth = 3
        /// Of each list so many elements are looked at.
        static let elements = 50
        var paths: Set<String> = []
        var full: Set<String> = []
        var empty: Set<String> = []

        mutating func visit(_ node: JSONNode, _ path: String, depth: Int) {
            paths.insert(path)
            switch node.kind {
            case .object where depth < Self.depth:
                for member in node.members { visit(member.value, "\(path).\(member.name)", depth: depth + 1) }
            case .array:
                var isEmpty = true
                for element in node.elements.prefix(Self.elements) {
                    isEmpty = false
                    if depth < Self.depth { visit(element, path + "[]", depth: depth) }
                }
                if isEmpty { empty.insert(path) } else { full.insert(path) }
            default: break
            }
        }
    }
}

extension JSONNode {
    fileprivate var isContainer: Bool { kind == .object || kind == .array }
}
