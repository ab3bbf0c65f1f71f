import Diagnostics
import JSON
import Secrets
import Templates

/// A JSONPath after its placeholders are filled, with the form messages show.
struct FilledPath: Sendable {
    let path: JSONPath
    let shown: String
}

/// Reads a JSONPath whose placeholders are inserted as JSONPath literals: a text in quotes, a number, a boolean and null
/// as written, the result of `raw(x)` unchanged.
struct PathReader {
    private enum Piece: Sendable {
        case text(String)
        case placeholder(Template)

        var names: [PlaceholderName] {
            if case .placeholder(let template) = self { template.names } else { [] }
        }
    }

    private let node: JSONNode
    private let text: String
    private let file: SourceFile

    /// Parses now, also where placeholders are still to be filled; what is wrong is reported at its place in the text.
    static func read(_ node: JSONNode, _ context: inout ReadingContext) -> Draft<FilledPath>? {
        PathReader(node: node, text: node.string ?? "", file: context.file).read(&context)
    }

    private func read(_ context: inout ReadingContext) -> Draft<FilledPath>? {
        let placeholders = PlaceholderRanges.find(in: text)
        let before = context.bag.diagnostics.count
        let pieces = pieces(placeholders, &context)
        guard context.bag.diagnostics.count == before else { return nil }
        guard let path = parse(standIn(placeholders), placeholders, &context) else { return nil }
        if placeholders.isEmpty, let path { return .ready(FilledPath(path: path, shown: text)) }
        let (span, written) = (context.span(node), text)
        return .pending(pieces.flatMap(\.names)) { (scope) throws(Diagnostic) in
            try Self.fill(pieces, scope, written: written, at: span)
        }
    }

    /// `.some(nil)`: only known once a `raw(x)` is filled.
    private func parse(
        _ standIn: String, _ placeholders: [Range<Int>], _ context: inout ReadingContext
    ) -> JSONPath?? {
        do throws(QueryError) {
            return .some(try JSONPathCache.path(standIn))
        } catch {
            if standIn != text, text.contains("raw(") { return .some(nil) }
            context.bag.add(problem(error, placeholders, context))
            return nil
        }
    }

    private func problem(_ error: QueryError, _ placeholders: [Range<Int>], _ context: ReadingContext) -> Diagnostic {
        guard let placeholder = placeholders.first(where: { $0.lowerBound == error.range.lowerBound }) else {
            return Diagnostic(
                code: "bad-path", error.reason, at: context.span(node, decoded: error.range), help: error.help)
        }
        return Diagnostic(
            code: "bad-path", "a placeholder cannot stand here", at: context.span(node, decoded: placeholder),
            help: "it is inserted as a literal, a text in quotes: write $[{{name}}]")
    }

    /// The path with a number as long as each placeholder, so that places stay as they are.
    private func standIn(_ placeholders: [Range<Int>]) -> String {
        if placeholders.isEmpty { return text }
        var bytes = Array(text.utf8)
        for range in placeholders {
            for index in range { bytes[index] = index == range.lowerBound ? UInt8(ascii: "0") : 0x20 }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func pieces(_ placeholders: [Range<Int>], _ context: inout ReadingContext) -> [Piece] {
        let bytes = Array(text.utf8)
        var pieces: [Piece] = []
        var at = 0
        for range in placeholders {
            pieces.append(.text(String(decoding: bytes[at..<range.lowerBound], as: UTF8.self)))
            let (node, file, start) = (node, file, range.lowerBound)
            let template = Template(
                parsing: String(decoding: bytes[range], as: UTF8.self), span: context.span(node, decoded: range),
                bag: &context.bag,
                place: { Span(file, node.sourceRange(ofDecoded: $0.lowerBound + start..<$0.upperBound + start)) })
            pieces.append(.placeholder(template))
            at = range.upperBound
        }
        return pieces + [.text(String(decoding: bytes[at...], as: UTF8.self))]
    }

    private static func fill(
        _ pieces: [Piece], _ scope: Scope, written: String, at span: Span
    ) throws(Diagnostic) -> FilledPath {
        var text = ""
        var isSecret = false
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .placeholder(let template):
                let value = try template.value(scope)
                text += try literal(value, at: template.span)
                isSecret = isSecret || value.taint != nil
            }
        }
        let shown = isSecret ? written : text
        do throws(QueryError) {
            return FilledPath(path: try JSONPath(parsing: text), shown: shown)
        } catch {
            let reason = isSecret ? "the path is no JSONPath once its secret is filled in" : error.reason
            throw Diagnostic(
                code: "bad-path", reason, at: span, notes: ["the path is \(shown)"],
                help: isSecret ? nil : error.help)
        }
    }

    private static func literal(_ value: TemplateValue, at span: Span) throws(Diagnostic) -> String {
        switch value.json {
        case .string(let text): return value.isRaw ? text : JSONWriter.quoted(text)
        case .null, .boolean, .number: return value.json.text()
        case .array, .object:
            throw Diagnostic(code: "not-text", "\(value.json.kind.phrase) cannot stand inside a path", at: span)
        }
    }
}

/// Where the placeholders of a text stand, in UTF-8 offsets, braces included.
enum PlaceholderRanges {
    /// A placeholder that is not closed ends with the text; its template says so.
    static func find(in text: String) -> [Range<Int>] {
        let bytes = Array(text.utf8)
        var ranges: [Range<Int>] = []
        var at = 0
        while at + 1 < bytes.count {
            guard bytes[at] == UInt8(ascii: "{"), bytes[at + 1] == UInt8(ascii: "{") else {
                at += 1
                continue
            }
            let end = self.end(of: bytes, from: at + 2)
            ranges.append(at..<end)
            at = end
        }
        return ranges
    }

    /// Behind the closing braces; those inside single quotes do not close.
    private static func end(of bytes: [UInt8], from start: Int) -> Int {
        var isQuoted = false
        var at = start
        while at + 1 < bytes.count {
            if bytes[at] == UInt8(ascii: "'") {
                isQuoted.toggle()
            } else if !isQuoted, bytes[at] == UInt8(ascii: "}"), bytes[at + 1] == UInt8(ascii: "}") {
                return at + 2
            }
            at += 1
        }
        return bytes.count
    }
}
