/// Values that belong to nobody, in the shape of real ones: always the same, so that what a redactor knows does not grow.
enum MadeUp {
    /// A client's id or a user's name.
    static func name(like text: String) -> String {
        if isUUID(text) { return "00000000-0000-4000-8000-000000000000" }
        return text.contains("@") ? "nobody@usher.invalid" : filled("usher-nobody-", like: text)
    }

    /// A secret or password.
    static func secret(like text: String) -> String {
        isUUID(text) ? "00000000-0000-4000-8000-000000000001" : filled("usher-no-secret-", like: text)
    }

    /// The text with one character in the middle changed into another of its kind.
    static func altered(_ text: String) -> String {
        var characters = Array(text)
        let half = characters.count / 2
        let places = Array(characters.indices[half...]) + characters.indices[..<half].reversed()
        guard let place = places.first(where: { next(characters[$0]) != nil }) ?? places.first else { return "x" }
        characters[place] = next(characters[place]) ?? "x"
        return String(characters)
    }

    /// The JWT with one character of its signature changed, so that what it says can still be read.
    static func alteredSignature(_ jwt: String) -> String {
        guard let dot = jwt.lastIndex(of: ".") else { return altered(jwt) }
        return String(jwt[...dot]) + altered(String(jwt[jwt.index(after: dot)...]))
    }

    private static func next(_ character: Character) -> Character? {
        guard let byte = character.asciiValue else { return nil }
        switch byte {
        case UInt8(ascii: "z"): return "a"
        case UInt8(ascii: "Z"): return "A"
        case UInt8(ascii: "9"): return "0"
        case UInt8(ascii: "a")...UInt8(ascii: "y"), UInt8(ascii: "A")...UInt8(ascii: "Y"),
            UInt8(ascii: "0")...UInt8(ascii: "8"):
            return Character(Unicode.Scalar(byte + 1))
        default: return nil
        }
    }

    private static func filled(_ word: String, like text: String) -> String {
        let length = min(max(text.count, 12), 200)
        return String(String(repeating: word, count: length / word.count + 1).prefix(length))
    }

    private static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}
