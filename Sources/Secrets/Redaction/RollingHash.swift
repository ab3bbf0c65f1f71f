/// The Rabin–Karp hash modulo the prime 2^61 - 1, with a base drawn anew by every process so that nobody can prepare
/// collisions.
///
/// Two different texts agree by chance once in 10^15 comparisons; the cost of that is one innocent text masked.
enum RollingHash {
    static let prime: UInt64 = (1 << 61) - 1
    private static let base = UInt64.random(in: 1 << 32..<prime)

    static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { extended($0, by: $1) }
    }

    static func extended(_ hash: UInt64, by byte: UInt8) -> UInt64 {
        // 1 more than the byte, or leading zeros would not count.
        reduced(product(hash, base) + UInt64(byte) + 1)
    }

    /// What a prefix must be multiplied by before it is taken off a longer one: base to the power of `length`.
    static func power(_ length: Int) -> UInt64 {
        (0..<length).reduce(1) { result, _ in product(result, base) }
    }

    /// The hash of what follows `prefix` in `whole`.
    static func rest(of whole: UInt64, after prefix: UInt64, power: UInt64) -> UInt64 {
        reduced(whole + prime - product(prefix, power))
    }

    /// Both below the prime; 2^61 is 1 modulo 2^61 - 1, so the halves of the product are added.
    private static func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (high, low) = a.multipliedFullWidth(by: b)
        return reduced((low & prime) + (low >> 61 | high << 3))
    }

    private static func reduced(_ value: UInt64) -> UInt64 { value >= prime ? value - prime : value }
}
