extension TokenProbe {
    /// Whether anybody may guess as often as he likes (RFC 6749 §2.3.1, §10.10). Guessing at a real client's secret could
    /// lock it out, so the client does not exist: what a service counts for each client apart does not show.
    static let repeatedGuesses = TokenProbe("TOK-33", class: 5, isGuess: true) { (material) throws(Impossible) in
        let login = try material.strangersLogin().request
        return (1...guesses).map { number in
            var derived = DerivedTokenRequest(
                sent: "login \(number) of \(guesses) of a client that does not exist", request: login)
            derived.keepsCertificate = false
            return derived
        }
    }

    static let guesses = 10
}
