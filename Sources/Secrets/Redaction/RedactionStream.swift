/// Masks secrets in a text that arrives in pieces, wherever the borders fall: the result is that of the whole text.
///
/// A form is judged once everything it may need has arrived, so some bytes are held back until `finish()`: as many as the
/// longest form known may take, escaped, with the run around it.
package struct RedactionStream: ~Copyable {
    private let redactor: Redactor
    private let block: Int
    private let reach: Int
    private var held: [UInt8] = []
    /// Places of `held` before this one were judged.
    private var judged = 0
    private var hits: [RedactionScanner.Hit] = []
    /// The label of the first secret found so far.
    package private(set) var label: String?

    package init(_ redactor: Redactor) {
        self.init(redactor, block: 1 << 16, reach: RedactionScanner.usualReach)
    }

    /// - Parameters:
    ///   - block: how much is collected before it is judged.
    ///   - reach: see `RedactionScanner`.
    init(_ redactor: Redactor, block: Int, reach: Int) {
        self.redactor = redactor
        self.block = block
        self.reach = reach
    }

    /// Takes the next bytes and gives those that are certain by now, masked.
    package mutating func feed(_ bytes: some Collection<UInt8>) -> [UInt8] {
        held += bytes
        guard held.count >= block else { return [] }
        let overlap = RedactionScanner.growth * (redactor.scanner.table.longest + reach)
        return held.count >= block + overlap ? judge(below: held.count - overlap) : []
    }

    /// The rest, masked; the stream may be used for another text afterwards.
    package mutating func finish() -> [UInt8] {
        defer { (held, judged, hits) = ([], 0, []) }
        return judge(below: held.count, isLast: true)
    }

    private mutating func judge(below limit: Int, isLast: Bool = false) -> [UInt8] {
        var scanner = redactor.scanner
        scanner.reach = reach
        // A form learnt since may be longer than those the last limit was for.
        let limit = max(limit, judged)
        hits = scanner.hits(in: held, startingIn: judged..<limit, with: hits)
        if label == nil, let first = hits.first { label = scanner.table.labels[first.label] }
        let certain = isLast ? held.count : max(0, limit - RedactionScanner.growth * reach)
        let result = written(upTo: certain, scanner.table.labels)
        held.removeFirst(certain)
        judged = limit - certain
        hits = hits.filter { $0.range.upperBound >= certain }.map { hit in
            let isWritten = hit.isWritten || hit.range.lowerBound < certain
            return .init(
                range: max(0, hit.range.lowerBound - certain)..<hit.range.upperBound - certain, label: hit.label,
                isWritten: isWritten)
        }
        return result
    }

    private func written(upTo certain: Int, _ labels: [String]) -> [UInt8] {
        guard let first = hits.first, first.range.lowerBound < certain else { return Array(held[..<certain]) }
        var result: [UInt8] = []
        var at = 0
        for hit in hits where hit.range.lowerBound < certain {
            result += held[at..<max(at, hit.range.lowerBound)]
            if !hit.isWritten { result += Secret.mask(labels[hit.label]).utf8 }
            at = min(hit.range.upperBound, certain)
        }
        return result + held[at..<certain]
    }
}
