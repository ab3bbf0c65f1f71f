import HTTP

/// Collects the header field lines of the answer proper from what libcurl hands over line by line.
///
/// Each status line begins anew, so that neither a 1xx answer nor an earlier hop leaves a field behind; lines after the
/// blank one are trailers and are left out, since they must not be merged unseen (RFC 9110 §6.5.1).
struct ResponseHead {
    /// A section above this is an attack or a mistake; libcurl 7.88 itself knows no limit.
    static let maximumSize = 1 << 20

    private(set) var fields = HeaderFields()
    /// What the server announces, for reserving memory only: it may be wrong, and counts bytes before decoding.
    private(set) var contentLength: Int?
    private var size = 0
    private var isOpen = false

    /// False where the section is too large and the transfer should end.
    ///
    /// By places in the buffer, since it runs for every line of every answer.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        size += line.count
        guard size <= Self.maximumSize else { return false }
        var end = line.count
        while end > 0, line[end - 1] == 0x0A || line[end - 1] == 0x0D { end -= 1 }
        if Self.isStatusLine(line, end) {
            fields.fields.removeAll(keepingCapacity: true)
            fields.fields.reserveCapacity(12)
            contentLength = nil
            isOpen = true
        } else if end == 0 {
            isOpen = false
        } else if isOpen {
            takeField(line, end)
        }
        return true
    }

    /// No status line is looked for behind the first byte of the body.
    mutating func close() { isOpen = false }

    private mutating func takeField(_ line: UnsafeRawBufferPointer, _ end: Int) {
        if Self.isBlank(line[0]) {
            fold(line, end)
            return
        }
        var colon = 0
        while colon < end, line[colon] != UInt8(ascii: ":") { colon += 1 }
        guard colon < end else { return }
        let name = Self.text(line, 0, colon)
        let value = Self.text(line, colon + 1, end)
        if HeaderFields.sameName(name, "Content-Length") { contentLength = Int(value) }
        fields.append(HeaderField(name, value))
    }

    /// A line that begins with a blank continues the one before (obs-fold, RFC 9112 §5.2).
    private mutating func fold(_ line: UnsafeRawBufferPointer, _ end: Int) {
        guard let last = fields.fields.indices.last else { return }
        fields.fields[last].value += " " + Self.text(line, 0, end)
    }

    private static func isStatusLine(_ line: UnsafeRawBufferPointer, _ end: Int) -> Bool {
        end >= 5 && line[0] == UInt8(ascii: "H") && line[1] == UInt8(ascii: "T") && line[2] == UInt8(ascii: "T")
            && line[3] == UInt8(ascii: "P") && line[4] == UInt8(ascii: "/")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Without blanks around it; UTF-8 where it is that, else Latin-1, which takes every byte.
    private static func text(_ line: UnsafeRawBufferPointer, _ from: Int, _ to: Int) -> String {
        var (start, end) = (from, to)
        while start < end, isBlank(line[start]) { start += 1 }
        while end > start, isBlank(line[end - 1]) { end -= 1 }
        let bytes = UnsafeRawBufferPointer(rebasing: line[start..<end])
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
        return String(scalars)
    }
}
