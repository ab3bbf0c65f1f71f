import Diagnostics

/// What may be shown of a file that holds secrets and is no JSON: punctuation, and texts that stand where member names do.
///
/// Where its strings begin and end is not known, so every other text may be one of the secrets.
struct HiddenValues {
    private let bytes: [UInt8]

    init(_ file: SourceFile) { bytes = file.bytes }

    /// The places of all texts that may be values.
    var ranges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var at = 0
        while at < bytes.count {
            let start = at
            while at < bytes.count, !isOpen(bytes[at]) { at += 1 }
            if at > start, !isName(start..<at) { ranges.append(start..<at) }
            at += 1
        }
        return ranges
    }

    /// `{ "text":` or `, "text":`; a value before a colon that should be a comma has a colon in front of it.
    private func isName(_ range: Range<Int>) -> Bool {
        guard range.lowerBound > 0, bytes[range.lowerBound - 1] == UInt8(ascii: "\""),
            range.upperBound < bytes.count, bytes[range.upperBound] == UInt8(ascii: "\"")
        else { return false }
        let before = bytes[..<(range.lowerBound - 1)].last { !isSpace($0) }
        let after = bytes[(range.upperBound + 1)...].first { !isSpace($0) }
        return after == UInt8(ascii: ":") && (before == UInt8(ascii: "{") || before == UInt8(ascii: ","))
    }

    private func isOpen(_ byte: UInt8) -> Bool { isSpace(byte) || #"{}[],:""#.utf8.contains(byte) }

    private func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
