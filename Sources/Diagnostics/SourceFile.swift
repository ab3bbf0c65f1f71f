import Synchronization

/// The text of one input (a file, an option, an embedded profile) with the name a user knows it by.
///
/// Places in it are byte offsets; line and column are computed only when a diagnostic is rendered.
package final class SourceFile: Sendable {
    /// The path as the user would type it; shown in messages.
    package let path: String
    package let bytes: [UInt8]
    private let hidden = Mutex<[Range<Int>]>([])
    private let last = Mutex(Place())

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    package convenience init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// Never shows these bytes in an excerpt again: a secret stands here in clear.
    package func hide(_ range: Range<Int>) {
        let range = range.clamped(to: 0..<bytes.count)
        hidden.withLock { $0.append(range) }
    }

    /// The 1-based line and column (counted in Unicode scalars) of a byte offset; past the end means the end.
    package func place(of offset: Int) -> (line: Int, column: Int) {
        let end = min(max(offset, 0), bytes.count)
        return last.withLock { last in
            // Places are mostly asked for in ascending order: counting goes on from the last one.
            if end < last.offset { last = Place() }
            for byte in bytes[last.offset..<end] {
                if byte == UInt8(ascii: "\n") {
                    last.line += 1
                    last.column = 1
                } else if byte & 0xC0 != 0x80 {
                    last.column += 1
                }
            }
            last.offset = end
            return (last.line, last.column)
        }
    }

    private struct Place: Sendable {
        var offset = 0
        var line = 1
        var column = 1
    }

    /// The byte range of the line that holds `offset`, without its line end.
    func line(around offset: Int) -> Range<Int> {
        let at = min(max(offset, 0), bytes.count)
        let start = bytes[..<at].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        var end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<max(start, end)
    }

    /// The bytes of a range as they may be shown: dots in place of what is hidden.
    func visible(_ range: Range<Int>) -> [UInt8] {
        let parts = hidden.withLock { $0 }.filter { $0.overlaps(range) }.sorted { $0.lowerBound < $1.lowerBound }
        var result: [UInt8] = []
        var at = range.lowerBound
        for part in parts where part.upperBound > at {
            result += bytes[at..<max(at, part.lowerBound)]
            result += "•••".utf8
            at = min(part.upperBound, range.upperBound)
        }
        return result + bytes[at..<range.upperBound]
    }
}
