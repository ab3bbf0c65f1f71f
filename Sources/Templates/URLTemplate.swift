package import Diagnostics
import JSON
import Secrets

/// The URL of a request: each placeholder is encoded for the place it stands in (formats.md R1).
package struct URLTemplate: Sendable {
    package let template: Template
    /// The URL starts with `/`: it is appended to the base URL.
    package let isRelative: Bool

    package init(_ template: Template) {
        self.template = template
        isRelative = if case .text(let text)? = template.segments.first { text.utf8.first == slash } else { false }
    }

    package var names: [(path: NamePath, span: Span, isOptional: Bool)] { template.names }

    /// - Throws: a `Diagnostic`, also where a path segment would be empty, `.` or `..`.
    package func text(_ scope: Scope) throws(Diagnostic) -> RenderedText {
        let url = try rendered(scope)
        return RenderedText(url.text, taint: url.taint)
    }

    /// As `text`, with the path segments that hold a secret.
    ///
    /// - Throws: as `text`.
    package func rendered(_ scope: Scope) throws(Diagnostic) -> RenderedURL {
        var rendering = Rendering()
        for (index, segment) in template.segments.enumerated() {
            switch segment {
            case .text(let text): try rendering.append(text)
            case .expression(let expression, let span):
                let value = try expression.evaluate(scope)
                let text = try Template.text(of: value, at: span)
                // At the very start stands a whole URL or the beginning of one.
                rendering.insert(text, isRaw: index == 0 || value.isRaw, label: value.taint?.label, at: span)
                rendering.taint = Taint.join(rendering.taint, value.taint)
            }
        }
        try rendering.checkSegment()
        return RenderedURL(
            text: String(decoding: rendering.bytes, as: UTF8.self), taint: rendering.taint,
            secretSegments: rendering.secretSegments, secretHost: rendering.secretHost)
    }
}

/// A URL made from a template.
package struct RenderedURL: Sendable {
    package var text: String
    package var taint: Taint?
    /// Path segments, as they are sent, in which a secret stands → its label.
    package var secretSegments: [String: String]
    /// The label of a secret that stands in the host; not of one that is the whole URL or its beginning.
    package var secretHost: String?
}

private let slash = UInt8(ascii: "/")

/// The URL as it grows; knows whether it is in the query yet, also where an inserted value brought the `?`.
private struct Rendering {
    var bytes: [UInt8] = []
    var taint: Taint?
    private var inPath = true
    /// Where the path segment starts that values were inserted into, and the first of these.
    private var segment: (start: Int, span: Span)?
    private var secrets: [(range: Range<Int>, label: String)] = []

    mutating func append(_ text: String) throws(Diagnostic) {
        for byte in text.utf8 {
            if Self.endsSegment(byte) { try checkSegment() }
            note(byte)
        }
    }

    mutating func insert(_ text: String, isRaw: Bool, label: String?, at span: Span) {
        let start = bytes.count
        defer { if let label { secrets.append((start..<bytes.count, label)) } }
        if isRaw {
            segment = nil
            for byte in text.utf8 { note(byte) }
        } else {
            if inPath, segment == nil { segment = ((bytes.lastIndex(of: slash) ?? -1) + 1, span) }
            bytes += PercentEncoding.encode(text).utf8
        }
    }

    /// A segment that became empty, `.` or `..` would send the request somewhere else.
    mutating func checkSegment() throws(Diagnostic) {
        defer { segment = nil }
        guard let segment else { return }
        let text = String(decoding: bytes[segment.start...], as: UTF8.self)
        guard ["", ".", ".."].contains(text) else { return }
        throw Diagnostic(
            code: "bad-path-segment",
            text.isEmpty ? "the path segment is empty" : "the path segment is '\(text)'", at: segment.span,
            help: "a value inserted into a path fills exactly one segment; raw(x) inserts it unchanged")
    }

    var secretHost: String? {
        guard !secrets.isEmpty else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let separator = text.firstRange(of: "://") else { return nil }
        let start = text.utf8.distance(from: text.startIndex, to: separator.upperBound)
        let end = bytes[start...].firstIndex { $0 == slash || $0 == UInt8(ascii: "?") } ?? bytes.count
        return secrets.first { $0.range.lowerBound > 0 && $0.range.overlaps(start..<max(start, end)) }?.label
    }

    var secretSegments: [String: String] {
        guard !secrets.isEmpty else { return [:] }
        var segments: [String: String] = [:]
        var start = 0
        let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.count
        for at in 0...end where at == end || bytes[at] == slash {
            defer { start = at + 1 }
            guard at > start, let secret = secrets.first(where: { $0.range.overlaps(start..<at) }) else { continue }
            // As HTTPURL writes what is not ASCII.
            segments[PercentEncoding.encode(bytes[start..<at], keeping: { $0 < 0x80 })] = secret.label
        }
        return segments
    }

    private mutating func note(_ byte: UInt8) {
        bytes.append(byte)
        if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { inPath = false }
    }

    private static func endsSegment(_ byte: UInt8) -> Bool {
        byte == slash || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
}
