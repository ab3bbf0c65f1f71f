#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a report is written in: the gate looks at values, not at the words of the language.
package enum ReportLanguage: Sendable {
    case text
    /// Names of elements and attributes are markup. Values hold no `<`, `>` or `"`: they are escaped.
    case xml
    /// Names of members are markup; they are followed by a colon at once, and values never are.
    case json
}

/// A report that is not there because a secret would stand in it: an error of ours, wherever it came from.
package struct ReportWithheld: Error, Sendable, Hashable, CustomStringConvertible {
    /// Of the secret; its value is not shown.
    package let label: String

    package var description: String {
        "it was withheld because it would show the secret '\(label)'; please report this as a bug of usher"
    }
}

/// Reads a finished report once more with all secrets known by then.
struct ReportGate: ~Copyable {
    private static let chunk = 1 << 16
    private var stream: RedactionStream
    private let language: ReportLanguage
    private var isMarkup = false
    private var isValue = false
    private var strings = JSONStrings()

    init(_ redactor: Redactor, _ language: ReportLanguage) {
        stream = RedactionStream(redactor)
        self.language = language
    }

    /// The label of a secret that stands in the file, nil where there is none.
    consuming func label(in descriptor: Int32, _ path: String) throws(OutputError) -> String? {
        var at = 0
        while stream.label == nil {
            var bytes = [UInt8](repeating: 0, count: Self.chunk)
            let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(at)) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Descriptor.failure("cannot read back \(path)") }
            if count == 0 { break }
            at += count
            _ = stream.feed(values(bytes[..<count]))
        }
        if language == .json { _ = stream.feed(strings.finish()) }
        _ = stream.finish()
        return stream.label
    }

    /// The bytes with NUL, which stands in no report, for all markup.
    private mutating func values(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        switch language {
        case .text: Array(bytes)
        case .json: strings.values(bytes)
        case .xml: xmlValues(bytes)
        }
    }

    private mutating func xmlValues(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.map { byte in
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"): isMarkup = byte == UInt8(ascii: "<")
            case UInt8(ascii: "\"") where isMarkup: isValue.toggle()
            default: return isMarkup && !isValue ? 0 : byte
            }
            return 0
        }
    }
}
