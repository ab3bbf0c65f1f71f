/// Finds all registered forms in a text in one pass.
///
/// A bitmap over the first two bytes sends nearly every position on its way; the rest is looked up by its first four
/// bytes and compared. Hits are collected as intervals and united, so overlapping secrets leave no tail.
final class RedactionMatcher: Sendable {
    private let starts: [UInt64]
    private let byHead: [UInt32: [Pattern]]

    private struct Pattern: Sendable {
        let bytes: [UInt8]
        let label: String
        let isBase64: Bool
    }

    init(_ secrets: [String: Set<RedactionForms.Form>]) {
        var starts = [UInt64](repeating: 0, count: 1024)
        var byHead: [UInt32: [Pattern]] = [:]
        for (label, forms) in secrets.sorted(by: { $0.key < $1.key }) {
            for form in forms where form.bytes.count >= RedactionForms.minimumLength {
                let pair = Int(form.bytes[0]) << 8 | Int(form.bytes[1])
                starts[pair >> 6] |= 1 << UInt64(pair & 63)
                byHead[Self.head(form.bytes, 0), default: []].append(
                    Pattern(bytes: form.bytes, label: label, isBase64: form.isBase64))
            }
        }
        self.starts = starts
        self.byHead = byHead
    }

    struct Hit {
        var range: Range<Int>
        var label: String
    }

    /// United, in order, without overlap.
    func hits(in bytes: [UInt8]) -> [Hit] {
        guard bytes.count >= RedactionForms.minimumLength, !byHead.isEmpty else { return [] }
        var hits: [Hit] = []
        // The last base64 run that was masked whole: further hits in it need no walk to its ends again.
        var run = 0..<0
        for at in 0...bytes.count - 4 {
            let pair = Int(bytes[at]) << 8 | Int(bytes[at + 1])
            guard starts[pair >> 6] >> UInt64(pair & 63) & 1 == 1, let patterns = byHead[Self.head(bytes, at)] else {
                continue
            }
            for pattern in patterns where bytes[at...].starts(with: pattern.bytes) {
                if pattern.isBase64, run.contains(at) { continue }
                let range = extent(of: pattern, at: at, in: bytes)
                if pattern.isBase64 { run = range }
                add(Hit(range: range, label: pattern.label), to: &hits)
            }
        }
        return hits
    }

    private func add(_ hit: Hit, to hits: inout [Hit]) {
        var hit = hit
        // A widened hit may begin before those already found.
        while let last = hits.last, last.range.upperBound >= hit.range.lowerBound {
            hits.removeLast()
            let lower = min(last.range.lowerBound, hit.range.lowerBound)
            let upper = max(last.range.upperBound, hit.range.upperBound)
            hit = Hit(range: lower..<upper, label: last.label)
        }
        hits.append(hit)
    }

    private func extent(of pattern: Pattern, at: Int, in bytes: [UInt8]) -> Range<Int> {
        var lower = at
        var upper = at + pattern.bytes.count
        guard pattern.isBase64 else { return lower..<upper }
        while lower > 0, Base64.isAlphabet(bytes[lower - 1]) { lower -= 1 }
        while upper < bytes.count, Base64.isAlphabet(bytes[upper]) { upper += 1 }
        return lower..<upper
    }

    private static func head(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
    }
}
