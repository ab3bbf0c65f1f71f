/// One call of the API with a token, before and after something at the token service that may have ended it.
package struct TokenLife: Sendable {
    package let before: ProbeExchange
    /// nil: what may have ended it was not sent, or had no answer.
    package var after: ProbeExchange?

    package init(before: ProbeExchange, after: ProbeExchange? = nil) {
        self.before = before
        self.after = after
    }
}
