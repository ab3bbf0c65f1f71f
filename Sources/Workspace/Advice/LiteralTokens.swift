package import Diagnostics
import JSON

/// Warns of texts in a file that look like a token or a key: whoever reads the file has them.
package enum LiteralTokens {
    /// Adds a warning for each, and keeps it out of excerpts; a file that is no JSON was reported when it was read.
    package static func check(_ file: SourceFile, into bag: inout DiagnosticBag) {
        guard let root = try? JSONDocument.parse(file.bytes).root else { return }
        var pending = [(name: "", node: root)]
        while let (name, node) = pending.popLast() {
            switch node.kind {
            // It says of itself that it stands there in clear.
            case .object: pending += node.members.filter { $0.name != "insecureLiteral" }.map { ($0.name, $0.value) }
            case .array: pending += node.elements.map { (name, $0) }
            case .string:
                guard let text = node.string, let kind = TokenShape.kind(of: text, in: name) else { continue }
                file.hide(node.range.lowerBound + 1..<node.range.upperBound - 1)
                bag.warning(
                    "literal-token", "\(kind) seems to stand here in clear", at: Span(file, node.range),
                    help: "bind it as a secret of an identity, and send the request as that identity or write "
                        + "{{identities.NAME.SECRET}}")
            case .null, .boolean, .number: break
            }
        }
    }
}

/// What tokens and keys look like by themselves.
enum TokenShape {
    /// Beginnings by which issuers mark their keys, so that they can be found where they do not belong.
    private static let prefixes = [
        "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "sk_live_", "rk_live_",
        "sk-", "npm_", "ya29.", "AKIA", "ASIA", "AIza",
    ]
    private static let shortest = 16

    /// In words; nil where the text looks like anything else.
    static func kind(of text: String, in member: String) -> String? {
        if text.contains("-----BEGIN "), text.contains("PRIVATE KEY-----") { return "a private key" }
        for word in text.split(whereSeparator: { !isTokenCharacter($0) }) {
            if isJWT(word) { return "a JWT" }
            // A key is one run of letters and digits behind its beginning; words with hyphens are names.
            if word.utf8.count >= shortest, let prefix = prefixes.first(where: { word.hasPrefix($0) }),
                word.dropFirst(prefix.count).contains(where: \.isNumber)
            {
                return "an API key (\(prefix)…)"
            }
        }
        return isCredential(text, in: member) ? "a credential" : nil
    }

    /// `Bearer` or `Basic` with a word that no placeholder brings.
    private static func isCredential(_ text: String, in member: String) -> Bool {
        guard ["authorization", "proxy-authorization"].contains(member.lowercased()) else { return false }
        let words = text.split(separator: " ")
        guard words.count == 2, ["bearer", "basic", "token"].contains(words[0].lowercased()) else { return false }
        return words[1].utf8.count >= shortest && words[1].allSatisfy(isTokenCharacter)
    }

    private static func isJWT(_ word: Substring) -> Bool {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].hasPrefix("eyJ") && parts[1].hasPrefix("eyJ") && parts[1].count >= shortest
    }

    private static func isTokenCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber) || "-._~+/=".contains(character)
    }
}
