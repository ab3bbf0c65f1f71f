import Diagnostics
import HTTP
import JSON

/// `mediaType`: the type and subtype of a Content-Type, parameters and case ignored (RFC 9110 §8.3.1).
struct MediaType: Predicate {
    static let kind = PredicateKind(
        "mediaType", .of(.text), "The media type without its parameters: \"application/json\"."
    ) {
        operand, context in
        let place = operand.place
        return TextOperand.read(operand, &context) { (wanted, span) throws(Diagnostic) in
            guard isMediaType(wanted.text) else {
                throw Diagnostic(
                    code: "bad-media-type", "\(wanted.words) is not a media type", at: place,
                    help: #"write type and subtype without parameters: "application/json""#)
            }
            return MediaType(wanted: wanted, span: span)
        }
    }

    let wanted: TextOperand
    let span: Span

    var words: String { "the media type " + (wanted.taint == nil ? wanted.text : wanted.words) }

    func judge(_ value: Observed) -> Judgement {
        value.isNothing ? .neither : Judgement(value.text.map(isWanted) ?? false)
    }

    private func isWanted(_ text: String) -> Bool {
        let type = text.utf8.prefix { $0 != UInt8(ascii: ";") }
        let start = type.drop { $0 == 0x20 || $0 == 0x09 }
        let end = start.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { start.index(after: $0) } ?? start.startIndex
        return start[..<end].elementsEqual(wanted.text.utf8) { lower($0) == lower($1) }
    }

    private func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { HeaderFields.isToken(String($0)) }
    }
}
