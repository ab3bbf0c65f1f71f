package import Templates

/// Random texts for `jti`, nonces, state and verifiers.
package struct Chance: Sendable {
    let next: @Sendable () -> UInt64

    package init(_ source: ValueSource) { next = source.random }

    /// The system's generator, fit for secrets.
    package static let system = Chance(.system)

    package func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count {
            var word = next()
            for _ in 0..<8 where result.count < count {
                result.append(UInt8(truncatingIfNeeded: word))
                word >>= 8
            }
        }
        return result
    }

    /// base64url without padding, of so many random bytes.
    package func text(_ count: Int) -> String { SigningKey.segment(bytes(count)) }
}
