import Providers
import Secrets

/// Between what the broker works with and what is written: its clock grows, the file's is the calendar.
extension TokenCacheEntry {
    /// Clocks of two processes on one machine are the same, but one may have been set in between.
    private static let tolerance: Int64 = 5000

    /// The token as this process uses it; nil where there is none, where it was refused, or where it seems to come from
    /// the future.
    func storedToken(of identity: BoundIdentity, _ clock: TokenClock) -> StoredToken? {
        guard let token, !token.isRefused, token.obtainedAt <= clock.wall() + Self.tolerance else { return nil }
        return stored(token, identity, clock)
    }

    /// Also of a token that is no longer good: its refresh token may be. Where a token renews itself, one that is.
    func renewable(of identity: BoundIdentity, _ clock: TokenClock) -> StoredToken? {
        if identity.rules?.refresh.mode == .exchange { return storedToken(of: identity, clock) }
        guard let token, refresh != nil else { return nil }
        return stored(token, identity, clock)
    }

    private func stored(_ token: KeptToken, _ identity: BoundIdentity, _ clock: TokenClock) -> StoredToken {
        let (monotonic, wall) = (clock.monotonic(), clock.wall())
        let lifetime = TokenLifetime(
            milliseconds: token.expiresAt.map { max(1, $0 - token.obtainedAt) }, source: token.source)
        let left = token.expiresAt.map { min($0 - wall, TokenLifetime.longest) }
        let info = TokenInfo(
            value: Secret(token.value, label: "\(identity.name).token"), type: token.type, statedType: token.statedType,
            obtainedAt: token.obtainedAt, expiresAt: token.expiresAt, lifetime: lifetime, grantedScope: token.scope,
            origin: token.origin, hasRefreshToken: token.hasRefreshToken, refreshExpiresAt: token.refreshExpiresAt)
        return StoredToken(
            info: info, endsAt: left.map { monotonic + $0 },
            usableUntil: left.map { monotonic + $0 - lifetime.margin(skew: identity.provider.cache.skew) },
            captured: Dictionary(
                token.captured.map { kept in
                    let secret = Secret(kept.value, label: "\(identity.name).\(kept.name)")
                    return (kept.name, CapturedValue(secret: secret, isSecret: kept.isSecret))
                }, uniquingKeysWith: { _, last in last }),
            refresh: refresh.map { $0.token(identity, monotonic, wall) },
            previousRefresh: previousRefresh.map { $0.token(identity, monotonic, wall) })
    }

    /// Everything secret in the entry is known before any of it is used.
    func register(with redactor: Redactor, of identity: BoundIdentity) {
        for kept in [token, previous].compactMap(\.self) {
            redactor.register(kept.value, label: "\(identity.name).token")
            for value in kept.captured where value.isSecret {
                redactor.register(value.value, label: "\(identity.name).\(value.name)")
            }
        }
        for kept in [refresh, previousRefresh].compactMap(\.self) {
            redactor.register(kept.value, label: "\(identity.name).refreshToken")
        }
    }

    /// The token before the current one, or the current one, where its end has certainly passed.
    func expiredToken(at now: Int64) -> String? {
        [token, previous].compactMap(\.self).first { kept in kept.expiresAt.map { $0 + 1000 <= now } ?? false }?.value
    }

    /// What the provider could take back, with its hint (RFC 7009 §2.1): refresh tokens first, for others are got with
    /// them.
    func revocable(at now: Int64) -> [(hint: String, value: String)] {
        var tokens = [refresh, previousRefresh].compactMap(\.self).filter { $0.expiresAt.map { now < $0 } ?? true }
            .map { (hint: "refresh_token", value: $0.value) }
        if let token, token.expiresAt.map({ now < $0 }) ?? true { tokens.append(("access_token", token.value)) }
        return tokens
    }

    // MARK: Changing

    /// Takes in a new token; the old one stays beside it.
    mutating func accept(_ stored: StoredToken, of identity: BoundIdentity, _ clock: TokenClock) {
        if let old = token, old.value != stored.info.value.reveal(), old.expiresAt != nil, !old.isRefused {
            previous = old
        }
        let (monotonic, wall) = (clock.monotonic(), clock.wall())
        token = KeptToken(stored)
        failure = nil
        guard identity.persistsRefreshToken else {
            (refresh, previousRefresh) = (nil, nil)
            return
        }
        refresh = stored.refresh.map { KeptRefresh($0, monotonic, wall) }
        previousRefresh = stored.previousRefresh.map { KeptRefresh($0, monotonic, wall) }
    }

    /// Notes a failure that others should know of for a while.
    mutating func accept(_ error: CredentialError, of identity: BoundIdentity, at now: Int64) {
        guard KeptFailure.kinds.contains(error.kind) else { return }
        let pause = error.retryAfter ?? identity.provider.cache.failureCooldown ?? .seconds(30)
        failure = KeptFailure(
            kind: error.kind, message: String(error.message.prefix(1000)), status: error.status,
            until: now + min(max(0, pause.wholeMilliseconds), KeptFailure.longest))
    }

    /// The failure that still holds; what lies further ahead than any pause is a clock that was set back.
    func remembered(of identity: BoundIdentity, at now: Int64) -> CredentialError? {
        guard let failure, (now + 1...now + KeptFailure.longest).contains(failure.until) else { return nil }
        return CredentialError(
            failure.kind, identity: identity.name, failure.message, status: failure.status,
            retryAfter: .milliseconds(failure.until - now))
    }
}

extension KeptRefresh {
    fileprivate init(_ token: RefreshToken, _ monotonic: Int64, _ wall: Int64) {
        value = token.value.reveal()
        expiresAt = token.endsAt.map { wall + max(0, $0 - monotonic) }
    }

    fileprivate func token(_ identity: BoundIdentity, _ monotonic: Int64, _ wall: Int64) -> RefreshToken {
        RefreshToken(
            value: Secret(value, label: "\(identity.name).refreshToken"),
            endsAt: expiresAt.map { monotonic + min($0 - wall, TokenLifetime.longest) })
    }
}

extension KeptToken {
    fileprivate init(_ token: StoredToken) {
        let info = token.info
        self.init(
            value: info.value.reveal(), type: info.type, statedType: info.statedType,
            obtainedAt: max(0, info.obtainedAt),
            expiresAt: info.expiresAt.map { max(0, $0) }, source: info.lifetime.source, scope: info.grantedScope,
            origin: info.origin, hasRefreshToken: info.hasRefreshToken,
            refreshExpiresAt: info.refreshExpiresAt.map { max(0, $0) },
            captured: token.captured.sorted { $0.key < $1.key }.map {
                ($0.key, $0.value.secret.reveal(), $0.value.isSecret)
            })
    }
}

extension BoundIdentity {
    fileprivate var persistsRefreshToken: Bool {
        provider.cache.persistRefreshToken ?? needsPerson
    }
}
