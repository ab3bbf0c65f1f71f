import HTTP
import Tokens

extension ResourceProbe {
    /// Other spellings of the path without credential: a proxy that guards one and an application that takes them all.
    static let pathVariants = ResourceProbe("N-44", class: 2) { material in
        guard material.hasCredential else { return .impossible("the identity has no credential to leave out") }
        let path = material.request.url.path
        guard path != "/" else { return .impossible("its path is the root") }
        let flipped = path.first(where: \.isLetter).flatMap { letter in
            path.firstIndex(of: letter).map { place in
                let other = letter.isUppercase ? letter.lowercased() : letter.uppercased()
                return path.replacingCharacter(at: place, with: other)
            }
        }
        let variants: [(words: String, path: String?)] = [
            ("with a doubled slash in its path", "/" + path),
            ("with its path's last slash changed", path.hasSuffix("/") ? String(path.dropLast()) : path + "/"),
            ("with '/%2e' before its path", "/%2e" + path), ("with a letter of its path in the other case", flipped),
            ("with ';x' behind its path", path + ";x"),
        ]
        return material.attempt { () throws(CredentialError) in
            var requests: [DerivedRequest] = []
            for variant in variants {
                guard let path = variant.path else { continue }
                requests.append(try material.bare("without credential, \(variant.words)") { $0.url.path = path })
            }
            return requests
        }
    }
}

extension String {
    fileprivate func replacingCharacter(at place: Index, with text: String) -> String {
        String(self[..<place]) + text + String(self[index(after: place)...])
    }
}
