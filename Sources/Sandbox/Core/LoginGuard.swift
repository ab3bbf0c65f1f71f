import Synchronization

/// Checks names and secrets, and locks a client out where the sandbox was told to.
final class LoginGuard: Sendable {
    private let vendor: Vendor
    private let lockAfter: Int?
    private let log: RequestLog
    /// Failed logins in a row, by client.
    private let failures = Mutex<[String: Int]>([:])

    init(_ vendor: Vendor, lockAfter: Int?, _ log: RequestLog) {
        self.vendor = vendor
        self.lockAfter = lockAfter
        self.log = log
    }

    enum Outcome: Sendable {
        case known(DemoCredential)
        /// An unknown name, a wrong secret and a blocked user alike, so that nobody can tell them apart.
        case refused
        case locked
    }

    func check(_ name: String, _ secret: String) -> Outcome {
        check(name) { $0.secret == secret }
    }

    /// - Parameter isRight: whether the client proved who it is, where that takes more than a secret. What is not right
    ///   counts, whatever is wrong with it: a service cannot tell mistakes from guesses.
    func check(_ name: String, isRight: (DemoCredential) -> Bool) -> Outcome {
        guard let credential = DemoCredential.find(name, vendor) else { return .refused }
        if isLocked(name) { return .locked }
        guard isRight(credential) else {
            fail(name)
            return .refused
        }
        guard !credential.isBlocked else { return .refused }
        if lockAfter != nil { failures.withLock { $0[name] = nil } }
        return .known(credential)
    }

    private func isLocked(_ name: String) -> Bool {
        guard let lockAfter else { return false }
        return failures.withLock { $0[name, default: 0] >= lockAfter }
    }

    private func fail(_ name: String) {
        let count = failures.withLock { failures in
            failures[name, default: 0] += 1
            return failures[name, default: 0]
        }
        log.failedLogin(vendor, name, isLocked: lockAfter.map { count >= $0 } ?? false)
    }
}
