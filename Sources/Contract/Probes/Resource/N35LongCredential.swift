import Tokens

extension ResourceProbe {
    /// An invented credential longer than any buffer is meant for.
    static let longCredential = ResourceProbe("N-35", class: 1) { material in
        guard material.parts.contains(where: { $0.placed.place != .path }) else {
            return .impossible("nothing of the credential stands in the request")
        }
        return material.attempt { () throws(CredentialError) in
            var requests: [DerivedRequest] = []
            for size in [8, 64] {
                requests.append(
                    try material.changing("with an invented credential of \(size) KiB") { part in
                        part.placed.place == .path ? nil : part.value(core: FakeCredential.word(size << 10))
                    })
            }
            return requests
        }
    }
}
