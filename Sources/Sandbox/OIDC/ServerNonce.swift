import Crypto

/// The nonces of one server (RFC 9449 §8, §9): made from the time, so that nothing is kept of them.
struct ServerNonce: Sendable {
    private static let period = 300.0
    private let key = SymmetricKey(size: .bits256)

    func current(at now: Double) -> String { text(period: Int(now / Self.period)) }

    /// Those of this period and of the one before.
    func isGood(_ nonce: String, at now: Double) -> Bool {
        let period = Int(now / Self.period)
        return [period, period - 1].contains { text(period: $0) == nonce }
    }

    private func text(period: Int) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(String(period).utf8), using: key)
        return Base64URL.encode(Array(code))
    }
}
