import JSON
import Secrets

/// A JWS in compact form (RFC 7515 §7.1) taken apart, so that a part can be changed and the others left as they are.
struct CompactJWT: Sendable {
    let header: JSONObject
    let claims: JSONObject
    let headerText: String
    let claimsText: String
    let signatureText: String

    /// nil where the text is none, or its header or payload is no JSON object.
    init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]) else {
            return nil
        }
        self.header = header
        self.claims = claims
        (headerText, claimsText, signatureText) = (String(parts[0]), String(parts[1]), String(parts[2]))
    }

    var algorithm: String { header["alg"]?.string ?? "" }
    var isHashed: Bool { ["HS256", "HS384", "HS512"].contains(algorithm) }
    var isAsymmetric: Bool { !isHashed && !algorithm.isEmpty && algorithm.lowercased() != "none" }

    /// The token with other parts, anything not given as it was.
    func text(header: JSONObject? = nil, claims: JSONObject? = nil, signature: String? = nil) -> String {
        [
            header.map(Self.segment) ?? headerText, claims.map(Self.segment) ?? claimsText, signature ?? signatureText,
        ].joined(separator: ".")
    }

    /// The header with members set.
    func header(_ members: (name: String, value: JSONValue)...) -> JSONObject {
        members.reduce(into: header) { $0[$1.name] = $1.value }
    }

    /// base64url of compact JSON.
    static func segment(_ object: JSONObject) -> String { segment(Array(JSONValue.object(object).text().utf8)) }

    static func segment(_ bytes: [UInt8]) -> String { Base64.encode(bytes, urlSafe: true, padded: false) }

    private static func object(_ part: Substring) -> JSONObject? {
        Base64.decode(part).flatMap { try? JSONDocument.parse($0) }?.root.value.object
    }
}
