import HTTP
import Tokens

extension ResourceProbe {
    /// The field twice, once right: proxies join, drop or forward either, and servers take either.
    static let twoHeaders = ResourceProbe("N-32", class: 2) { material in
        guard let part = material.parts.first(where: { $0.placed.place == .header }) else {
            return .impossible("the credential stands in no header field")
        }
        let name = part.placed.name
        let bad = HeaderField(name, part.value(everything: FakeCredential.like(part.core)), isSensitive: true)
        return material.attempt { () throws(CredentialError) in
            var first = try material.derived(
                "with a right and a wrong \(name), the right one first", material.placements)
            var last = try material.derived(
                "with a wrong and a right \(name), the wrong one first", material.placements)
            first.request.headers.append(bad)
            last.request.headers.fields.insert(bad, at: 0)
            return [first, last]
        }
    }
}
