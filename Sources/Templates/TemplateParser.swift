import Diagnostics

/// Splits a text at `{{ … }}`.
struct TemplateParser {
    private let bytes: [UInt8]
    private var at: Int
    private let place: (Range<Int>) -> Span

    init(_ text: String, from start: Int, place: @escaping (Range<Int>) -> Span) {
        bytes = Array(text.utf8)
        at = min(start, bytes.count)
        self.place = place
    }

    mutating func parse(_ bag: inout DiagnosticBag) -> [Template.Segment] {
        var segments: [Template.Segment] = []
        var textStart = at
        while at + 1 < bytes.count {
            guard bytes[at] == UInt8(ascii: "{"), bytes[at + 1] == UInt8(ascii: "{") else {
                at += 1
                continue
            }
            append(textStart..<at, to: &segments)
            let start = at
            guard let inner = expressionRange() else {
                bag.error(
                    "bad-placeholder", "the placeholder is not closed", at: place(start..<start + 2),
                    help: hint(at: start + 2))
                return segments
            }
            at = inner.upperBound + 2
            textStart = at
            read(inner, start..<at, &segments, &bag)
        }
        append(textStart..<bytes.count, to: &segments)
        return segments
    }

    private func read(
        _ inner: Range<Int>, _ whole: Range<Int>, _ segments: inout [Template.Segment], _ bag: inout DiagnosticBag
    ) {
        var parser = ExpressionParser(bytes, inner, place: place)
        do throws(Diagnostic) {
            segments.append(.expression(try parser.parse(), place(whole)))
        } catch {
            bag.add(error)
        }
    }

    private func append(_ range: Range<Int>, to segments: inout [Template.Segment]) {
        guard !range.isEmpty else { return }
        segments.append(.text(String(decoding: bytes[range], as: UTF8.self)))
    }

    /// A stray single quote swallows the braces behind it.
    private func hint(at start: Int) -> String {
        let rest = String(decoding: bytes[start...], as: UTF8.self)
        return rest.utf8.contains(UInt8(ascii: "'")) && rest.contains("}}")
            ? "texts stand in single quotes: write 'text', and a quote in it twice"
            : "add }}; a literal {{ is written {{'{{'}}"
    }

    /// The range between the braces; `}}` inside single quotes does not close it.
    private func expressionRange() -> Range<Int>? {
        var index = at + 2
        var isQuoted = false
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "'") {
                isQuoted.toggle()
            } else if !isQuoted, bytes[index] == UInt8(ascii: "}"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "}")
            {
                return at + 2..<index
            }
            index += 1
        }
        return nil
    }
}
