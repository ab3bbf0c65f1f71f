import HTTP
import JSON
import Providers
import Secrets
import Synchronization

/// The key of one identity for DPoP (RFC 9449), with the nonces that servers asked for.
package final class ProofKey: Sendable {
    private let key: SigningKey
    private let algorithm: JWTAlgorithm
    private let redactor: Redactor
    /// The last nonce of each origin (§8.2).
    private let nonces = Mutex<[Origin: String]>([:])
    /// Made for this run: a token bound to it is of no use to another process.
    package let isEphemeral: Bool

    init(_ key: SigningKey, _ algorithm: JWTAlgorithm, isEphemeral: Bool, redactor: Redactor) {
        self.key = key
        self.algorithm = algorithm
        self.isEphemeral = isEphemeral
        self.redactor = redactor
    }

    /// `jkt` of the tokens bound to it (§6).
    package var thumbprint: String? { key.thumbprint }

    /// Adds the proof, in place of one that stands there.
    ///
    /// - Parameters:
    ///   - token: what the proof binds; nil at the token endpoint.
    ///   - fault: makes one that should be refused.
    func sign(
        _ request: inout HTTPRequest, token: Secret?, _ identity: String, _ clock: TokenClock, _ chance: Chance,
        fault: ProofFault? = nil
    ) throws(CredentialError) {
        let (key, algorithm) = fault == .key ? (SigningKey.makeP256(), .es256) : (key, algorithm)
        let method: HTTPMethod = request.method == .delete ? .put : .delete
        let day: Int64 = 24 * 60 * 60
        var claims: [(String, JSONValue)] = [
            ("jti", .string(chance.text(16))), ("htm", .string((fault == .method ? method : request.method).rawValue)),
            ("htu", .string(request.url.origin.description + request.url.path + (fault == .address ? "/other" : ""))),
            ("iat", .number(JSONNumber(Int(clock.wall() / 1000 - (fault == .time ? day : 0))))),
        ]
        if let token {
            let bound = fault == .token ? "another token" : token.reveal()
            let hash = KeyedHash.hash(Array(bound.utf8), .sha256)
            claims.append(("ath", .string(SigningKey.segment(hash))))
        }
        if let nonce = nonce(of: request.url), fault != .nonce { claims.append(("nonce", .string(nonce))) }
        let header: JSONValue = .object(
            JSONObject([
                ("typ", "dpop+jwt"), ("alg", .string(algorithm.rawValue)), ("jwk", key.publicJWK ?? .null),
            ]))
        do throws(SigningKey.Refusal) {
            var proof = try key.jws(
                header: header, payload: Array(JSONValue.object(JSONObject(claims)).text().utf8), algorithm)
            if fault == .signature { proof = Self.altered(proof) }
            if token == nil { redactor.register(proof, label: "\(identity).proof") }
            request.headers.removeAll(named: "DPoP")
            request.headers.append(HeaderField("DPoP", proof, isSensitive: true))
        } catch {
            throw CredentialError(
                .profile, identity: identity, "the proof of '\(identity)' cannot be made: the key \(error.reason)")
        }
    }

    /// What a server gave last; nil: nothing.
    func nonce(of url: HTTPURL) -> String? { nonces.withLock { $0[url.origin] } }

    /// Another character in the middle of the signature, where no bit is left over.
    private static func altered(_ proof: String) -> String {
        var bytes = Array(proof.utf8)
        let place = bytes.count - 20
        bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Keeps the nonce of an answer; true where the answer refuses the request for the lack of it: 400 at the token
    /// endpoint (§8), 401 at a resource (§9).
    func learn(from response: HTTPResponse, of url: HTTPURL, isTokenEndpoint: Bool) -> Bool {
        guard let nonce = response.headers.values("DPoP-Nonce").first, !nonce.isEmpty else { return false }
        let old = nonces.withLock { $0.updateValue(nonce, forKey: url.origin) }
        guard old != nonce else { return false }
        if isTokenEndpoint {
            return (400...401).contains(response.status)
                && (try? JSONDocument.parse(response.body))?.root["error"]?.string == "use_dpop_nonce"
        }
        return response.status == 401
            && Challenge.parse(response.headers.values("WWW-Authenticate")).contains {
                $0["error"] == "use_dpop_nonce"
            }
    }
}

/// Signs calls with the proof for a token.
struct DPoPSigner: RequestSigner {
    let proof: ProofKey
    let token: Secret?
    let context: SigningContext

    func sign(_ request: inout HTTPRequest) throws(CredentialError) {
        try proof.sign(&request, token: sent(request), context.identity, context.clock, context.chance)
    }

    func sign(_ request: inout HTTPRequest, with fault: ProofFault) throws(CredentialError) {
        try proof.sign(&request, token: sent(request), context.identity, context.clock, context.chance, fault: fault)
    }

    /// RFC 9449 §7.1: the proof binds the token that goes with it, which is another one in requests that should be
    /// refused.
    private func sent(_ request: HTTPRequest) -> Secret? {
        let parts = request.headers["Authorization"]?.split(separator: " ", maxSplits: 1) ?? []
        guard parts.count == 2, HeaderFields.sameName(String(parts[0]), "DPoP") else { return token }
        return Secret(String(parts[1]), label: token?.label ?? "\(context.identity).token")
    }

    func learn(from response: HTTPResponse, to request: HTTPRequest) -> Bool {
        proof.learn(from: response, of: request.url, isTokenEndpoint: false)
    }
}
