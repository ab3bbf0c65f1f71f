import Tokens

extension ResourceProbe {
    /// The right token in its place, and in the URL as well.
    static let twoPlaces = ResourceProbe("N-28", class: 2) { material in
        material.inQuery { moved in
            material.attempt { () throws(CredentialError) in
                [
                    try material.derived(
                        "with the credential in its place and as a parameter of the URL",
                        material.placements + moved.map(\.placed))
                ]
            }
        }
    }
}
