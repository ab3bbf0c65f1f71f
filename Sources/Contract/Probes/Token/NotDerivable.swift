/// Probes that one ordinary token request is not enough for: they stand here with the reason, so that no report passes
/// them over.
extension TokenProbe {
    static let twoRefreshes = TokenProbe("T-22", from: .refresh, class: 4) { (_) throws(Impossible) in
        throw Impossible("two renewals at once are not sent by this version")
    }
}
