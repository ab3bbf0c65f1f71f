/// Reads the challenges of one field line. All steps move forward, so it ends after at most as many as there are bytes.
///
/// Real lines lack the scheme, the comma between parameters, the escapes of quotes within quotes; each rule below that
/// RFC 9110 does not know is there for one of those.
struct ChallengeScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var found: [Challenge] = []

    init(_ line: String) { bytes = Array(line.utf8) }

    mutating func challenges() -> [Challenge] {
        while true {
            skip { Self.isBlank($0) || $0 == Self.comma }
            guard position < bytes.count else { return found }
            let word = take(while: Self.isTokenByte)
            if word.isEmpty {
                // Neither a name nor a delimiter: nothing to be made of it up to the next comma.
                skip { $0 != Self.comma }
            } else if nextIsEquals {
                takeParameter(word)
            } else {
                takeScheme(word)
            }
        }
    }

    // MARK: Scheme and token68

    private mutating func takeScheme(_ scheme: String) {
        skip { !Self.isBlank($0) && $0 != Self.comma }
        var challenge = Challenge(scheme)
        skip(while: Self.isBlank)
        if let end = token68End {
            challenge.token68 = text(position..<end)
            position = end
        }
        found.append(challenge)
    }

    /// The end of a token68 at the position, nil where something else stands there. `name=` alone is one by the
    /// grammar; `realm=` is a parameter that lost its value.
    private var token68End: Int? {
        var end = index(from: position) { Self.isTokenByte($0) || $0 == UInt8(ascii: "/") }
        guard end > position, text(position..<end).lowercased() != "realm" else { return nil }
        end = index(from: end) { $0 == Self.equals }
        let next = index(from: end, while: Self.isBlank)
        return next == bytes.count || bytes[next] == Self.comma ? end : nil
    }

    // MARK: Parameters

    private var nextIsEquals: Bool {
        let next = index(from: position, while: Self.isBlank)
        return next < bytes.count && bytes[next] == Self.equals
    }

    private mutating func takeParameter(_ name: String) {
        skip(while: Self.isBlank)
        position += 1
        skip(while: Self.isBlank)
        let isQuoted = position < bytes.count && bytes[position] == Self.quote
        let parameter = Challenge.Parameter(name.lowercased(), isQuoted ? takeQuoted() : takeUnquoted())
        if found.isEmpty { found.append(Challenge("")) }
        found[found.count - 1].parameters.append(parameter)
    }

    /// A value without quotes is a token; where it is not (free text), it reaches to the comma.
    private mutating func takeUnquoted() -> String {
        let start = position
        skip { !Self.isBlank($0) && $0 != Self.comma }
        if startsAnew(position) { return text(start..<position) }
        skip { $0 != Self.comma }
        var end = position
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        return text(start..<end)
    }

    /// A quote that nothing sensible follows was part of the text: `"the "token" is bad"`.
    private mutating func takeQuoted() -> String {
        position += 1
        var value: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == Self.quote, startsAnew(position) { break }
            if byte == UInt8(ascii: "\\"), position < bytes.count {
                value.append(bytes[position])
                position += 1
            } else {
                value.append(byte)
            }
        }
        return String(decoding: value, as: UTF8.self)
    }

    /// Whether the line ends here, or goes on with another parameter or challenge.
    private func startsAnew(_ place: Int) -> Bool {
        let blanks = index(from: place, while: Self.isBlank)
        let start = index(from: blanks) { Self.isBlank($0) || $0 == Self.comma }
        if start == bytes.count { return true }
        let wordEnd = index(from: start, while: Self.isTokenByte)
        guard wordEnd > start else { return false }
        let next = index(from: wordEnd, while: Self.isBlank)
        if next < bytes.count, bytes[next] == Self.equals { return true }
        // Without a comma only a parameter may follow; behind one, a scheme as well.
        guard start > blanks else { return false }
        return next == bytes.count || bytes[next] == Self.comma || next > wordEnd
    }

    // MARK: Bytes

    private static let comma = UInt8(ascii: ",")
    private static let equals = UInt8(ascii: "=")
    private static let quote = UInt8(ascii: "\"")

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isTokenByte(_ byte: UInt8) -> Bool { HeaderFields.isTokenByte(byte) }

    private func index(from start: Int, while matches: (UInt8) -> Bool) -> Int {
        var index = start
        while index < bytes.count, matches(bytes[index]) { index += 1 }
        return index
    }

    private mutating func skip(while matches: (UInt8) -> Bool) { position = index(from: position, while: matches) }

    private mutating func take(while matches: (UInt8) -> Bool) -> String {
        let start = position
        skip(while: matches)
        return text(start..<position)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
