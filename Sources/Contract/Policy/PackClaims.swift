import HTTP
import Providers
import Secrets
package import Tokens

/// The packs whose rules may fail a build for one identity (formats.md R6, `contract.packs`).
package struct PackClaims: Sendable, Hashable {
    package let claimed: Set<Rule.Pack>
    /// Packs that apply at all: rules of others make no case.
    package let applicable: Set<Rule.Pack>

    /// - Parameter credential: nil where no token was to be had.
    package init(_ identity: BoundIdentity, _ credential: Credential?) {
        let nature = Self.nature(identity, credential)
        let named = Set(identity.provider.contract.packs.compactMap(Rule.Pack.init(rawValue:)))
        applicable = nature.union(named)
        // A login with JSON is no OAuth: the rules of RFC 6749 say what would be usual there, and fail nothing.
        let usual = identity.rules?.grant.isOAuth ?? false ? nature : nature.subtracting([.oauth, .refresh])
        // RFC 9068 is claimed by name only: most access tokens that are JWTs follow no document.
        claimed = (named.isEmpty ? usual.subtracting([.accessTokenJWT]) : named).union([.http])
    }

    private static func nature(_ identity: BoundIdentity, _ credential: Credential?) -> Set<Rule.Pack> {
        var packs: Set<Rule.Pack> = [.http]
        if let rules = identity.rules, !rules.isSelfSigned {
            packs.insert(.oauth)
            if rules.refresh.mode == .token { packs.insert(.refresh) }
            if rules.discovery != nil { packs.insert(.metadata) }
            if rules.revoke != nil { packs.insert(.revoke) }
            if rules.introspect != nil { packs.insert(.introspect) }
            if rules.assertionUse(by: identity) != nil { packs.insert(.assert) }
            if rules.grant == .tokenExchange { packs.insert(.exchange) }
        }
        if let token = credential?.token?.value, JWTClaims(token.reveal()) != nil {
            packs.formUnion([.jwt, .accessTokenJWT])
        }
        let isBound = identity.proof != nil
        if isBound || (identity.poolKey.tls != nil && credential?.token != nil) { packs.insert(.pop) }
        if !isBound { packs.insert(isBearer(credential) ? .bearer : .key) }
        return packs
    }

    private static func isBearer(_ credential: Credential?) -> Bool {
        credential?.placements.contains { placed in
            placed.place == .header && HeaderFields.sameName(placed.name, "Authorization")
                && placed.value.reveal().lowercased().hasPrefix("bearer ")
        } ?? false
    }
}

extension PackClaims {
    package func mayFail(_ rule: Rule) -> Bool { claimed.contains(rule.pack) }
}
