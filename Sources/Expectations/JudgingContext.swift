package import Secrets

/// Hash functions, handed in by a module that has cryptography.
package struct Digests: Sendable {
    /// Lower-case hexadecimal.
    package var sha256: @Sendable ([UInt8]) -> String

    package init(sha256: @escaping @Sendable ([UInt8]) -> String) {
        self.sha256 = sha256
    }
}

/// What judging an answer takes beside the answer.
package struct JudgingContext: Sendable {
    package var digests: Digests
    /// Masks what came from the server before it is cut to a readable length.
    package var redactor: Redactor?
    /// Mismatches name only the kind of what came: for answers that hold tokens.
    package var hidesValues: Bool

    package init(digests: Digests, redactor: Redactor?, hidesValues: Bool = false) {
        self.digests = digests
        self.redactor = redactor
        self.hidesValues = hidesValues
    }
}
