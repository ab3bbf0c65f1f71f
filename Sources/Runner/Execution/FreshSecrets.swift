import HTTP
import JSON
import Secrets
import Templates
import Tokens

/// Makes secrets that an answer brings known to the redactor before anything is said about that answer.
struct FreshSecrets {
    /// Values that one secret capture may hold: the redactor keeps some two dozen forms of each.
    static let limit = 1000

    let redactor: Redactor

    /// A captured secret in all its parts: every text and number inside, and its JSON text.
    ///
    /// - Returns: false where it holds more than `limit` values; nothing was registered then.
    func register(_ value: TemplateValue) -> Bool {
        guard let taint = value.taint else { return true }
        var texts = [value.text ?? value.json.text()]
        var pending = [value.json]
        while let next = pending.popLast() {
            switch next {
            case .string(let text): texts.append(text)
            case .number(let number): texts.append(number.text)
            case .array(let values): pending += values
            case .object(let object): pending += object.map(\.value)
            case .null, .boolean: break
            }
            guard texts.count <= Self.limit else { return false }
        }
        for text in texts { redactor.register(text, label: taint.label) }
        return true
    }

    /// What the token services of these identities would have given in this answer.
    func register(_ response: HTTPResponse, of identities: [BoundIdentity]) {
        guard !identities.isEmpty else { return }
        for identity in identities { identity.secrets(in: response).forEach(redactor.register) }
        registerTokens(in: response.body)
    }

    /// Texts under the usual names of tokens.
    ///
    /// - Returns: whether there is any.
    @discardableResult
    func registerTokens(in body: [UInt8]) -> Bool {
        let tokens = TokenMembers.texts(in: body)
        for (name, text) in tokens { redactor.register(text, label: name) }
        return !tokens.isEmpty
    }
}

/// Finds `"access_token": "…"` and its like anywhere in a JSON text, also in one that was cut off.
enum TokenMembers {
    /// In lower case, without `_` and `-`.
    private static let names: Set<String> = ["accesstoken", "refreshtoken", "idtoken", "token"]
    private static let quote = UInt8(ascii: "\"")

    static func texts(in bytes: [UInt8]) -> [(name: String, text: String)] {
        var found: [(name: String, text: String)] = []
        var name: String?
        var at = 0
        while let start = bytes[at...].firstIndex(of: quote) {
            let end = closing(bytes, from: start + 1)
            let literal = bytes[start + 1..<end]
            if let name { found += texts(of: literal).map { (name, $0) } }
            at = min(end + 1, bytes.count)
            name = isBeforeText(bytes, at) ? tokenName(literal) : nil
        }
        return found
    }

    /// The place of the closing quote, or the end.
    private static func closing(_ bytes: [UInt8], from start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] != quote { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        return min(at, bytes.count)
    }

    /// Whether a colon and the beginning of a text follow.
    private static func isBeforeText(_ bytes: [UInt8], _ at: Int) -> Bool {
        var rest = bytes[at...].drop(while: isBlank)
        guard rest.popFirst() == UInt8(ascii: ":") else { return false }
        return rest.drop(while: isBlank).first == quote
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func tokenName(_ literal: ArraySlice<UInt8>) -> String? {
        guard (5...16).contains(literal.count) else { return nil }
        let text = String(decoding: literal, as: UTF8.self)
        return names.contains(text.lowercased().filter { $0 != "_" && $0 != "-" }) ? text : nil
    }

    /// As it is written, and as it reads.
    private static func texts(of literal: ArraySlice<UInt8>) -> [String] {
        let written = String(decoding: literal, as: UTF8.self)
        guard literal.contains(UInt8(ascii: "\\")), let read = try? JSONDocument.parse("\"\(written)\"").root.string
        else { return [written] }
        return [written, read]
    }
}
