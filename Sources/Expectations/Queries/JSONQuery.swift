import Diagnostics
import JSON

/// One member of `expect.json`: a path and the predicate on what it selects.
struct JSONQuery: Sendable {
    let path: FilledPath
    let predicate: any Predicate

    func mismatch(_ root: JSONNode, _ context: JudgingContext) -> Mismatch? {
        predicate.mismatch(observed(root), path.shown, context)
    }

    /// A singular path yields its value or nothing; any other the array of its matches.
    private func observed(_ root: JSONNode) -> Observed {
        guard path.path.isSingular else { return .nodes(path.path.select(root)) }
        return path.path.first(root).map { .node($0) } ?? .nothing
    }
}
