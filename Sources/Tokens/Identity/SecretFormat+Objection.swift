import JSON
import Providers
import Secrets

extension SecretSpec.Format {
    /// What is wrong with a secret of this format, or nil where nothing is; completes "the secret 'X' of 'Y' …". Holds
    /// nothing of the value.
    func objection(to text: String) -> String? {
        switch self {
        case .text:
            Self.hasControls(text) ? "holds control characters: it is binary, or was read in another encoding" : nil
        case .pem: PEMText.objection(to: text)
        case .jwk: JWKText.objection(to: text)
        case .json: Self.jsonObjection(to: text)
        }
    }

    private static func hasControls(_ text: String) -> Bool {
        text.utf8.contains { ($0 < 0x20 && !(0x09...0x0D).contains($0)) || $0 == 0x7F }
    }

    fileprivate static func jsonObjection(to text: String) -> String? {
        do throws(JSONError) {
            _ = try JSONDocument.parse(text)
            return nil
        } catch {
            let before = text.utf8.prefix(error.range.lowerBound)
            let line = before.count { $0 == 0x0A } + 1
            let column = before.reversed().prefix { $0 != 0x0A }.count + 1
            return "is not JSON: \(error.summary) (line \(line), byte \(column))"
        }
    }
}

/// RFC 7468, as keys and certificates are pasted: blocks with text between them, `\n` as two characters in variables.
private enum PEMText {
    static func objection(to text: String) -> String? {
        var rest = (text.contains("\\n") ? text.replacing("\\n", with: "\n") : text)[...]
        var blocks = 0
        while let begin = rest.firstRange(of: "-----BEGIN ") {
            rest = rest[begin.upperBound...]
            guard let label = rest.firstRange(of: "-----"), !rest[..<label.lowerBound].contains("\n") else {
                return "is not PEM: a line -----BEGIN …----- is cut off"
            }
            let name = rest[..<label.lowerBound]
            rest = rest[label.upperBound...]
            guard let end = rest.firstRange(of: "-----END \(name)-----") else {
                return "is not PEM: a block has no line -----END …----- with the words of its beginning; is it cut off?"
            }
            if !isBase64(rest[..<end.lowerBound]) { return "is not PEM: what stands in a block is not base64" }
            rest = rest[end.upperBound...]
            blocks += 1
        }
        if blocks > 0 { return nil }
        return "is not PEM: it has no line -----BEGIN …-----"
            + (isPath(text) ? "; it looks like the name of a file" : "")
    }

    /// Headers of an encrypted key (RFC 1421) stand before an empty line.
    private static func isBase64(_ body: Substring) -> Bool {
        let lines = body.split(separator: "\n").map { $0.filter { !$0.isWhitespace } }.filter { !$0.contains(":") }
        return !(Base64.decode(lines.joined()) ?? []).isEmpty
    }

    private static func isPath(_ text: String) -> Bool {
        !text.contains(where: \.isNewline) && [".pem", ".key", ".p8"].contains { text.hasSuffix($0) }
    }
}

/// RFC 7517 §4, 7518 §6, 8037 §2: the members that make a key of each kind.
private enum JWKText {
    private static let members = ["oct": ["k"], "RSA": ["n", "e"], "EC": ["x", "y"], "OKP": ["x"]]

    static func objection(to text: String) -> String? {
        if let objection = SecretSpec.Format.jsonObjection(to: text) {
            return objection.replacing("is not JSON", with: "is not a JWK")
        }
        guard var node = (try? JSONDocument.parse(text))?.root, node.kind == .object else {
            return "is not a JWK: it is no JSON object"
        }
        if let keys = node["keys"] {
            guard keys.kind == .array, keys.count == 1, let only = keys[0] else {
                return "is not a JWK but a set of several; give the one that is meant"
            }
            node = only
        }
        guard let kind = node["kty"]?.string, let needed = members[kind] else {
            return "is not a JWK: its kty is not one of " + members.keys.sorted().joined(separator: ", ")
        }
        let missing = needed.first { name in
            (node[name]?.string.flatMap { Base64.decode($0) } ?? []).isEmpty
        }
        return missing.map { "is not a JWK: a key of the kty \(kind) holds '\($0)' in base64url" }
    }
}
