import HTTP
import Tokens

/// The header fields that a signature stands in.
struct SignatureFields {
    private let material: ProbeMaterial
    private let names: [String]
    private let signed: DerivedRequest

    /// nil where the request is not signed, or not in a header field.
    init?(_ material: ProbeMaterial) throws(CredentialError) {
        guard material.credential.isSigned else { return nil }
        let plain = try material.derived("", material.placements, isSigned: false)
        signed = try material.derived("", material.placements)
        let before = plain.request.headers
        names = signed.request.headers.filter { field in field.isSensitive && !before.contains(field) }.map(\.name)
        self.material = material
        if names.isEmpty { return nil }
    }

    /// The signed request with the longest word of each field changed: the signature, or a key's name that fits it.
    func changing(_ sent: String, _ change: (String) -> String) -> DerivedRequest {
        var result = signed.request
        result.headers = HeaderFields(
            result.headers.map { field in
                guard names.contains(field.name), let word = Self.longestWord(field.value),
                    let range = field.value.firstRange(of: word)
                else { return field }
                var changed = field
                changed.value.replaceSubrange(range, with: change(word))
                return changed
            })
        return DerivedRequest(sent: sent, request: result)
    }

    /// The signed request with those fields empty.
    func emptied(_ sent: String) -> DerivedRequest {
        var result = signed.request
        result.headers = HeaderFields(
            result.headers.map { names.contains($0.name) ? HeaderField($0.name, "", isSensitive: true) : $0 })
        return DerivedRequest(sent: sent, request: result)
    }

    /// The signed request with something else changed afterwards.
    func afterwards(_ sent: String, _ change: (inout HTTPRequest) -> Void) -> DerivedRequest {
        var result = signed.request
        change(&result)
        return DerivedRequest(sent: sent, request: result)
    }

    private static let separators: Set<Character> = [" ", "\"", ",", "=", ":", ";"]

    private static func longestWord(_ value: String) -> String? {
        let words: [Substring] = value.split { (character: Character) in separators.contains(character) }
        return words.max { $0.count < $1.count }.map { String($0) }
    }
}
