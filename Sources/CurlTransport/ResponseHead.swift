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
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        size += line.count
        guard size <= Self.maximumSize else { return false }
        let text = Self.withoutLineEnd(line)
        if Self.isStatusLine(text) {
            fields.fields.removeAll(keepingCapacity: true)
            contentLength = nil
            isOpen = true
        } else if text.isEmpty {
            isOpen = false
        } else if isOpen {
            takeField(text)
        }
        return true
    }

    /// No status line is looked for behind the first byte of the body.
    mutating func close() { isOpen = false }

    private mutating func takeField(_ line: Slice<UnsafeRawBufferPointer>) {
        if let first = line.first, Self.isBlank(first) {
            fold(line)
            return
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = Self.text(Self.trimmed(line[..<colon]))
        let value = Self.text(Self.trimmed(line[line.index(after: colon)...]))
        if HeaderFields.sameName(name, "Content-Length") { contentLength = Int(value) }
        fields.append(HeaderField(name, value))
    }

    /// A line that begins with a blank continues the one before (obs-fold, RFC 9112 §5.2).
    private mutating func fold(_ line: Slice<UnsafeRawBufferPointer>) {
        guard let last = fields.fields.indices.last else { return }
        fields.fields[last].value += " " + Self.text(Self.trimmed(line))
    }

    private static func isStatusLine(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        line.count >= 5 && line.prefix(5).elementsEqual("HTTP/".utf8)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func withoutLineEnd(_ line: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
        var text = line[...]
        while let last = text.last, last == 0x0A || last == 0x0D { text.removeLast() }
        return text
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var text = bytes
        while let first = text.first, isBlank(first) { text.removeFirst() }
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    /// UTF-8 where it is that, else Latin-1, which takes every byte.
    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
        return String(scalars)
    }
}
