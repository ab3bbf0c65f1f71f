import Diagnostics

/// Line numbers of places that mostly ascend in one file: counts on from the last one, so that a large collection is
/// walked through once and not once for each of its requests.
struct LineCounter {
    private var file: SourceFile?
    private var offset = 0
    private var line = 1

    mutating func line(of span: Span) -> Int {
        let target = min(max(span.range.lowerBound, 0), span.file.bytes.count)
        if file !== span.file || target < offset { (file, offset, line) = (span.file, 0, 1) }
        line += span.file.bytes[offset..<target].count { $0 == UInt8(ascii: "\n") }
        offset = target
        return line
    }
}
