import HTTP
import Providers
import Secrets
import Synchronization

/// HTTP Digest (RFC 7616): nothing is sent before the server's challenge; its nonce then serves further requests.
final class DigestSigner: RequestSigner {
    let context: SigningContext
    private let username: String
    private let password: Secret
    /// The challenge of each origin.
    private let known = Mutex<[Origin: Known]>([:])

    private struct Known {
        let challenge: DigestChallenge
        var count = 0
    }

    init(context: SigningContext, username: String, password: Secret) {
        self.context = context
        self.username = username
        self.password = password
    }

    func sign(_ request: inout HTTPRequest) throws(CredentialError) {
        let next = known.withLock { known -> (DigestChallenge, Int)? in
            guard var entry = known[request.url.origin] else { return nil }
            entry.count += 1
            known[request.url.origin] = entry
            return (entry.challenge, entry.count)
        }
        guard let (challenge, count) = next else { return }
        let answer = DigestAnswer(
            challenge: challenge, username: username, password: password.reveal(), method: request.method.rawValue,
            target: request.url.target, body: request.bodyBytes, cnonce: context.chance.text(16), count: count)
        context.set("Authorization", answer.header, isSensitive: true, in: &request)
    }

    /// A challenge for a request that carried no answer to that nonce; the same nonce again means that the password is
    /// wrong, and nobody tries a wrong password twice.
    func learn(from response: HTTPResponse, to request: HTTPRequest) -> Bool {
        guard response.status == 401 else { return false }
        let challenges = Challenge.parse(response.headers.values("WWW-Authenticate"))
            .filter { $0.isScheme("Digest") }.compactMap(DigestChallenge.init)
        // The strongest that we know.
        guard let challenge = challenges.max(by: { $0.hash.strength < $1.hash.strength }) else { return false }
        let hadAnswer = request.headers["Authorization"]?.hasPrefix("Digest ") ?? false
        return known.withLock { known in
            let old = known[request.url.origin]?.challenge
            known[request.url.origin] = Known(challenge: challenge)
            return !hadAnswer || (challenge.isStale && old?.nonce != challenge.nonce)
        }
    }
}

/// What a server asks for.
struct DigestChallenge: Sendable, Hashable {
    enum Hash: Sendable, Hashable {
        case md5, sha256

        var strength: Int { self == .sha256 ? 1 : 0 }
        var name: String { self == .sha256 ? "SHA-256" : "MD5" }

        func hex(_ text: [UInt8]) -> String {
            Hexadecimal.encode(self == .sha256 ? KeyedHash.hash(text, .sha256) : KeyedHash.md5(text))
        }
    }

    let realm: String
    let nonce: String
    let opaque: String?
    let hash: Hash
    let isSession: Bool
    /// `auth`, or `auth-int` where nothing else is offered; nil: the form before qop (RFC 2069).
    let quality: String?
    let isStale: Bool

    /// nil where we do not know its algorithm or its quality of protection.
    init?(_ challenge: Challenge) {
        guard let nonce = challenge["nonce"] else { return nil }
        let algorithm = (challenge["algorithm"] ?? "MD5").lowercased()
        switch algorithm {
        case "md5", "md5-sess": hash = .md5
        case "sha-256", "sha-256-sess": hash = .sha256
        default: return nil
        }
        isSession = algorithm.hasSuffix("-sess")
        if let offered = challenge["qop"] {
            let words = offered.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
            guard let word = ["auth", "auth-int"].first(where: words.contains) else { return nil }
            quality = word
        } else {
            quality = nil
        }
        self.nonce = nonce
        realm = challenge["realm"] ?? ""
        opaque = challenge["opaque"]
        isStale = challenge["stale"]?.lowercased() == "true"
    }
}

/// RFC 7616 §3.4.
struct DigestAnswer {
    let challenge: DigestChallenge
    let username: String
    let password: String
    let method: String
    let target: String
    var body: [UInt8] = []
    let cnonce: String
    let count: Int

    private func hash(_ text: String) -> String { challenge.hash.hex(Array(text.utf8)) }

    private var nonceCount: String {
        let digits = String(count, radix: 16)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    var response: String {
        var secret = hash("\(username):\(challenge.realm):\(password)")
        if challenge.isSession { secret = hash("\(secret):\(challenge.nonce):\(cnonce)") }
        var request = "\(method):\(target)"
        if challenge.quality == "auth-int" { request += ":" + challenge.hash.hex(body) }
        guard let quality = challenge.quality else { return hash("\(secret):\(challenge.nonce):\(hash(request))") }
        return hash("\(secret):\(challenge.nonce):\(nonceCount):\(cnonce):\(quality):\(hash(request))")
    }

    var header: String {
        var parts = [
            "username=\"\(username)\"", "realm=\"\(Self.quoted(challenge.realm))\"", "uri=\"\(target)\"",
            "algorithm=\(challenge.hash.name)\(challenge.isSession ? "-sess" : "")",
            "nonce=\"\(Self.quoted(challenge.nonce))\"",
        ]
        if let quality = challenge.quality {
            parts += ["nc=\(nonceCount)", "cnonce=\"\(cnonce)\"", "qop=\(quality)"]
        }
        parts.append("response=\"\(response)\"")
        if let opaque = challenge.opaque { parts.append("opaque=\"\(Self.quoted(opaque))\"") }
        return "Digest " + parts.joined(separator: ", ")
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
