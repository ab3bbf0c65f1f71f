import HTTP
import JSON

/// Why a call was answered 401 or 403, as far as the answer and the token tell.
struct RefusalReading {
    struct Reason: Equatable {
        let sentence: String
        /// Of the rule that says so.
        var rule: String?
        /// What to do.
        var advice: String?
    }

    /// The likeliest first; never empty.
    let reasons: [Reason]

    /// - Parameter scopeAsked: of the identity's token requests.
    init(_ refusal: SavedReport.Refusal, scopeAsked: [String]) {
        let challenges = Challenge.parse(refusal.challenges)
        let reading = Reading(refusal: refusal, challenges: challenges, scopeAsked: scopeAsked)
        let found = refusal.status == 401 ? reading.unauthorized : reading.forbidden
        reasons = found.isEmpty ? [reading.nothing] : found
    }

    private struct Reading {
        let refusal: SavedReport.Refusal
        let challenges: [Challenge]
        let scopeAsked: [String]

        private var error: String? { challenges.lazy.compactMap { $0["error"] }.first }
        private var who: String { refusal.identity.map { "'\($0)'" } ?? "nobody" }

        // MARK: 401

        var unauthorized: [Reason] {
            guard refusal.identity != nil else { return [anonymous] }
            return [ended, proof, stated, scheme, withoutChallenge].compactMap(\.self)
        }

        private var anonymous: Reason {
            Reason(
                sentence: "The request went out without a credential.", rule: "RES-02",
                advice: "name who calls: \"as\" of the request, or 'provider' of the collection")
        }

        private var ended: Reason? {
            guard let token = refusal.token, let end = token.expiresAt, let at = refusal.answeredAt, end <= at else {
                return nil
            }
            return Reason(
                sentence: "The token had ended \(Elapsed.text(at - end)) before the answer came.", rule: "RES-26",
                advice: "does the API take long? A larger 'cache.skew' of the provider renews earlier")
        }

        private var proof: Reason? {
            guard let error, ["invalid_dpop_proof", "use_dpop_nonce"].contains(error) else { return nil }
            return Reason(
                sentence: "The server did not take the proof that the caller holds the token's key (\(error)).",
                advice: "is the clock right, and does the URL reach the server unchanged?")
        }

        private var stated: Reason? {
            guard error == "invalid_token" else { return nil }
            let age = refusal.token.flatMap { token in
                token.obtainedAt.flatMap { from in refusal.answeredAt.map { Elapsed.text($0 - from) } }
            }
            let fresh = age.map {
                " It was \($0) old: if it has not ended, it was revoked, or made for another API or by another service."
            }
            return Reason(
                sentence: "The server does not accept the token (invalid_token)." + (fresh ?? ""), rule: "RES-09",
                advice: "compare audience and issuer with what the API wants: usher explain \(refusal.identity ?? "")")
        }

        /// The API asks for a scheme that was not used.
        private var scheme: Reason? {
            guard error == nil, let first = challenges.first, !first.scheme.isEmpty, refusal.token != nil,
                !challenges.contains(where: { $0.isScheme("Bearer") || $0.isScheme("DPoP") })
            else { return nil }
            return Reason(
                sentence: "The API asks for \(first.scheme), and \(who) sent a token.", rule: "RES-05",
                advice: "is it the right URL, and the right provider for it? See its 'apply'")
        }

        private var withoutChallenge: Reason? {
            guard challenges.isEmpty else { return nil }
            return Reason(
                sentence: "The answer does not say why: it has no WWW-Authenticate field, which every 401 needs.",
                rule: "RES-03",
                advice: "see the body below; a 401 without challenge often comes from a proxy in between")
        }

        // MARK: 403

        var forbidden: [Reason] { [lacking, notGranted, knows].compactMap(\.self) }

        private var lacking: Reason? {
            guard error == "insufficient_scope" else { return nil }
            let wanted = challenges.lazy.compactMap { $0["scope"] }.first?.split(separator: " ").map(String.init) ?? []
            let missing = wanted.filter { !(refusal.token?.scope ?? []).contains($0) }
            let names = (missing.isEmpty ? wanted : missing).map { "'\($0)'" }.joined(separator: ", ")
            let what = names.isEmpty ? "a scope that the answer does not name" : "the scope \(names)"
            return Reason(
                sentence: "The token is good and lacks \(what).", rule: "RES-10",
                advice: missing.allSatisfy(scopeAsked.contains) && !missing.isEmpty
                    ? "it was asked for and not granted: the client may not have it"
                    : "ask for it: 'scope' of the identity \(who)")
        }

        private var notGranted: Reason? {
            guard error != "insufficient_scope", let granted = refusal.token?.scope else { return nil }
            let missing = scopeAsked.filter { !granted.contains($0) }
            guard !missing.isEmpty else { return nil }
            return Reason(
                sentence: "The token has less than was asked for: without "
                    + missing.map { "'\($0)'" }.joined(separator: ", ") + ".", rule: "TOK-16",
                advice: "the client may not have it: ask whoever gives it its rights")
        }

        private var knows: Reason? {
            guard error != "insufficient_scope" else { return nil }
            guard refusal.identity != nil else { return anonymous }
            return Reason(
                sentence:
                    "The server knows \(who) and does not let it do this: a role, a tenant or a plan, not the token.",
                rule: "RES-19", advice: "a new token does not help; see the body below")
        }

        var nothing: Reason {
            Reason(
                sentence: "Neither the answer nor the token says why.",
                advice: "see the body below, and: usher explain \(refusal.identity ?? "IDENTITY")")
        }
    }
}

/// A span of time in the words of reports.
private enum Elapsed {
    static func text(_ milliseconds: Int64) -> String { DurationText.display(.milliseconds(max(0, milliseconds))) }
}
