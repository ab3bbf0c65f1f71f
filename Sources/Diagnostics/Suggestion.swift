/// The candidate nearest to a mistyped word, for "did you mean", or nil where none is near enough.
///
/// Near enough: an edit distance (with swaps of neighbours) of at most a third of the longer word, at least 1.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased())
    var best: (word: String, distance: Int)?
    for candidate in candidates {
        let other = Array(candidate.lowercased())
        let limit = max(1, max(typed.count, other.count) / 3)
        // The lengths alone say that a name of a megabyte is not near.
        guard abs(typed.count - other.count) <= limit else { continue }
        let distance = editDistance(typed, other)
        if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
}

/// Damerau–Levenshtein distance in its restricted form (optimal string alignment).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty else { return b.count }
    guard !b.isEmpty else { return a.count }
    var twoBack = [Int](repeating: 0, count: b.count + 1)
    var oneBack = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            let substitution = oneBack[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            row[j] = min(oneBack[j] + 1, row[j - 1] + 1, substitution)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], twoBack[j - 2] + 1)
            }
        }
        (twoBack, oneBack) = (oneBack, row)
    }
    return oneBack[b.count]
}
