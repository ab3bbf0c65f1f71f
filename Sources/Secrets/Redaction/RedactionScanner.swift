/// Finds secrets in one text, written plainly or with escapes, also escapes of escapes (JSON in JSON, an encoded URL).
struct RedactionScanner {
    /// How far a hit in base64 is widened at most, in characters on each side: enough to take every bit of the secret
    /// along, and the whole run in all but the longest texts. A stream must look ahead that far.
    static let usualReach = 1024
    /// The most bytes of a text that stand for one byte of a view: `\u0041` in another escape is not counted on.
    static let growth = 6
    private static let depth = 2

    struct Hit {
        var range: Range<Int>
        var label: Int
        /// Its mask has been written.
        var isWritten = false
    }

    let table: NeedleTable
    var reach = Self.usualReach

    /// The hits that begin in `starts`, united, in order, without overlap; those of `earlier` among them.
    func hits(in bytes: [UInt8], startingIn starts: Range<Int>, with earlier: [Hit] = []) -> [Hit] {
        var hits = earlier
        if !table.isEmpty { scan(TextView(bytes), starts, depth: 0, into: &hits) }
        return Self.united(hits)
    }

    /// Where a text must end that was cut off, so that nothing is left of a secret whose end is missing.
    func end(ofCut bytes: [UInt8]) -> Int {
        guard !table.isEmpty else { return bytes.count }
        let place = unfinished(in: TextView(bytes), depth: 0) ?? bytes.count
        // What is masked whole must not be cut in two.
        let hit = hits(in: bytes, startingIn: bytes.indices).first {
            $0.range.lowerBound < place && $0.range.upperBound > place
        }
        return hit?.range.lowerBound ?? place
    }

    private func unfinished(in view: TextView, depth: Int) -> Int? {
        var places = [table.unfinished(in: view.bytes).map { view.original($0..<$0 + 1).lowerBound }]
        if depth < Self.depth {
            for kind in EscapeKind.allCases {
                if let next = TextView(view, undoing: kind) { places.append(unfinished(in: next, depth: depth + 1)) }
            }
        }
        return places.compactMap(\.self).min()
    }

    private func scan(_ view: TextView, _ starts: Range<Int>, depth: Int, into hits: inout [Hit]) {
        let matches = table.matches(in: view.bytes)
        if !matches.isEmpty { add(matches, view, starts, to: &hits) }
        guard depth < Self.depth else { return }
        for kind in EscapeKind.allCases {
            if let next = TextView(view, undoing: kind) { scan(next, starts, depth: depth + 1, into: &hits) }
        }
    }

    private func add(_ matches: [NeedleTable.Match], _ view: TextView, _ starts: Range<Int>, to hits: inout [Hit]) {
        var masked = 0
        // The base64 run around the last hit: further hits in it need no walk to its ends again.
        var run = 0..<0
        for match in matches {
            if match.kind == .mask { masked = max(masked, match.range.upperBound) }
            guard match.range.upperBound > masked, starts.contains(view.original(match.range).lowerBound) else {
                continue
            }
            var range = match.range
            if match.kind == .run {
                if !run.contains(range.lowerBound) { run = Self.run(around: range, in: view.bytes) }
                range =
                    max(run.lowerBound, range.lowerBound - reach)..<min(run.upperBound, range.upperBound + reach)
            }
            hits.append(Hit(range: view.original(range), label: match.label))
        }
    }

    private static func run(around range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower > 0, Base64.isAlphabet(bytes[lower - 1]) { lower -= 1 }
        while upper < bytes.count, Base64.isAlphabet(bytes[upper]) { upper += 1 }
        return lower..<upper
    }

    /// Overlapping and touching ones become one, so that no tail is left; the label is that of the first.
    private static func united(_ hits: [Hit]) -> [Hit] {
        guard hits.count > 1 else { return hits }
        // By place, then by the order they were found in.
        let sorted = hits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }
        var united: [Hit] = []
        for (_, hit) in sorted {
            guard let last = united.last, hit.range.lowerBound <= last.range.upperBound else {
                united.append(hit)
                continue
            }
            united[united.count - 1].range =
                last.range.lowerBound..<max(last.range.upperBound, hit.range.upperBound)
            united[united.count - 1].isWritten = last.isWritten || hit.isWritten
        }
        return united
    }
}
