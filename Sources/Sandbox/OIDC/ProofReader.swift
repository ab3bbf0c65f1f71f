import Crypto
import HTTP
import JSON
import Synchronization

/// Reads proofs that a caller has a key (RFC 9449 §4.3), with nonces of its own and each proof once.
final class ProofReader: Sendable {
    /// Why a proof is not taken, with the error code of RFC 9449 §5, §8.
    struct Fault: Error, Sendable {
        let code: String
        let message: String

        static func bad(_ message: String) -> Fault { Fault(code: "invalid_dpop_proof", message: message) }

        static let nonceDue = Fault(code: "use_dpop_nonce", message: "the proof must hold the nonce of this answer")
    }

    static let algorithms = ["ES256"]
    /// Seconds that clocks may differ.
    private static let leeway = 60.0
    private static let capacity = 20_000

    private let settings: VendorSettings
    private let nonce = ServerNonce()
    /// Until when a proof is remembered, by key and `jti` (§11.1).
    private let used = Mutex<[String: Double]>([:])
    /// Defects: any method will do; of two proofs the first counts.
    private let takesAnyMethod: Bool
    private let takesFirst: Bool

    init(_ settings: VendorSettings) {
        self.settings = settings
        takesAnyMethod = settings.has("POP-04")
        takesFirst = settings.has("POP-05")
    }

    /// For the answers to those who send proofs (§8.2).
    var nonceHeader: (name: String, value: String) { ("DPoP-Nonce", nonce.current(at: settings.seconds)) }

    /// - Parameter token: that the proof must bind; nil at the token endpoint.
    /// - Returns: the thumbprint of the key (RFC 7638).
    func read(_ request: SandboxRequest, token: String?) throws(Fault) -> String {
        let lines = request.headers.values("DPoP")
        guard let text = lines.first else { throw .bad("a proof in the DPoP field is required") }
        guard lines.count == 1 || takesFirst else { throw .bad("there is more than one proof") }
        guard let proof = LooseJWT(text), proof.header["typ"]?.string == "dpop+jwt",
            Self.algorithms.contains(proof.header["alg"]?.string ?? ""), let key = ProofPublicKey(proof.header["jwk"]),
            key.signed(text)
        else { throw .bad("the proof is no dpop+jwt signed with the key in its header") }
        try check(proof.claims, request, token)
        try remember("\(key.thumbprint) \(proof.claims["jti"]?.string ?? "")")
        return key.thumbprint
    }

    private func check(_ claims: JSONObject, _ request: SandboxRequest, _ token: String?) throws(Fault) {
        let address = request.origin + request.basePath + request.path
        guard claims["htm"]?.string == request.method || takesAnyMethod else {
            throw .bad("the proof is for another method")
        }
        guard claims["htu"]?.string == address else { throw .bad("the proof is for another address") }
        guard let issued = claims["iat"]?.number?.int, abs(Double(issued) - settings.seconds) <= Self.leeway else {
            throw .bad("the proof was made at another time")
        }
        guard claims["jti"]?.string.map({ !$0.isEmpty }) ?? false else { throw .bad("the proof has no 'jti'") }
        if let token {
            let hash = Base64URL.encode(Array(SHA256.hash(data: Array(token.utf8))))
            guard claims["ath"]?.string == hash else { throw .bad("the proof is for another token") }
        }
        guard nonce.isGood(claims["nonce"]?.string ?? "", at: settings.seconds) else { throw .nonceDue }
    }

    private func remember(_ proof: String) throws(Fault) {
        let now = settings.seconds
        let isNew = used.withLock { used in
            if used.count >= Self.capacity { used = used.filter { now < $0.value } }
            return used.updateValue(now + 2 * Self.leeway, forKey: proof).map { $0 < now } ?? true
        }
        guard isNew else { throw .bad("the proof was used before") }
    }
}

/// The public key in a proof: P-256 alone (RFC 7518 §6.2.1).
struct ProofPublicKey {
    private let key: P256.Signing.PublicKey
    let thumbprint: String

    /// nil for another kind of key, for a private one (RFC 9449 §4.3, check 7), and for what is no key.
    init?(_ value: JSONValue?) {
        guard let members = value?.object, members["kty"]?.string == "EC", members["crv"]?.string == "P-256",
            members["d"] == nil, let x = members["x"]?.string, let y = members["y"]?.string,
            let point = Self.point(x, y), let key = try? P256.Signing.PublicKey(rawRepresentation: point)
        else { return nil }
        self.key = key
        // RFC 7638 §3.2: the required members, in the order of their names.
        let canonical = #"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
        thumbprint = Base64URL.encode(Array(SHA256.hash(data: Array(canonical.utf8))))
    }

    private static func point(_ x: String, _ y: String) -> [UInt8]? {
        guard let x = Base64URL.decode(x[...]), let y = Base64URL.decode(y[...]), x.count == 32, y.count == 32 else {
            return nil
        }
        return x + y
    }

    func signed(_ jws: String) -> Bool {
        let parts = jws.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let raw = Base64URL.decode(parts[2]),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: raw)
        else { return false }
        return key.isValidSignature(signature, for: Array("\(parts[0]).\(parts[1])".utf8))
    }
}
