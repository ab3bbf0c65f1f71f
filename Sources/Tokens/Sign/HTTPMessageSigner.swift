import HTTP
import Providers
import Secrets

/// HTTP message signatures (RFC 9421) of requests.
struct HTTPMessageSigner: RequestSigner {
    let context: SigningContext
    let rules: HTTPSignatureRules
    let key: SigningKey
    let keyID: String?

    func sign(_ request: inout HTTPRequest) throws(CredentialError) {
        var signed = request
        if rules.components.contains(where: { $0.name == "content-digest" }) {
            let digest = Base64.encode(KeyedHash.hash(request.bodyBytes, .sha256))
            context.set("Content-Digest", "sha-256=:\(digest):", isSensitive: false, in: &signed)
        }
        let parameters = parameters(context.clock.wall() / 1000)
        let base = try base(signed, parameters)
        let signature = Base64.encode(try signature(Array(base.utf8)))
        context.set("Signature-Input", "\(rules.label)=\(parameters)", isSensitive: false, in: &signed)
        context.set("Signature", "\(rules.label)=:\(signature):", isSensitive: true, in: &signed)
        request = signed
    }

    /// RFC 9421 §2.3: the components and the signature's own parameters.
    func parameters(_ now: Int64) -> String {
        var text = "(" + rules.components.map { "\"\($0.name)\"" }.joined(separator: " ") + ")"
        if rules.hasCreated { text += ";created=\(now)" }
        if let lifetime = rules.lifetime { text += ";expires=\(now + lifetime.components.seconds)" }
        if let keyID { text += ";keyid=\(Self.quoted(keyID))" }
        if rules.hasNonce { text += ";nonce=\(Self.quoted(context.chance.text(16)))" }
        if let tag = rules.tag { text += ";tag=\(Self.quoted(tag))" }
        return text
    }

    /// RFC 9421 §2.5.
    func base(_ request: HTTPRequest, _ parameters: String) throws(CredentialError) -> String {
        var lines: [String] = []
        for component in rules.components {
            guard let value = value(of: component.name, request) else {
                throw context.failure("it has no '\(component.name)', which the signature covers", at: component.span)
            }
            lines.append("\"\(component.name)\": \(value)")
        }
        return (lines + ["\"@signature-params\": \(parameters)"]).joined(separator: "\n")
    }

    private func value(of component: String, _ request: HTTPRequest) -> String? {
        switch component {
        case "@method": request.method.rawValue
        case "@target-uri": request.url.text
        case "@authority", "host": request.url.hostField
        case "@scheme": request.url.scheme
        case "@request-target": request.url.target
        case "@path": request.url.path
        case "@query": "?" + (request.url.query ?? "")
        // libcurl adds it.
        case "content-length" where !request.headers.contains(name: component): String(request.bodyBytes.count)
        default: request.headers[component].map { $0.split(separator: "\n").joined(separator: " ") }
        }
    }

    /// RFC 9421 §3.3.
    private func signature(_ bytes: [UInt8]) throws(CredentialError) -> [UInt8] {
        do throws(SigningKey.Refusal) {
            return try key.signature(of: bytes, rules.algorithm.ofJWT)
        } catch {
            throw context.failure("the key \(error.reason)", at: rules.key.span)
        }
    }

    /// A string of RFC 8941 §3.3.3.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

extension HTTPSignatureRules.Algorithm {
    /// The same computation under the name that RFC 7518 has for it.
    var ofJWT: JWTAlgorithm {
        switch self {
        case .rsaPSSSHA512: .ps512
        case .rsaV15SHA256: .rs256
        case .hmacSHA256: .hs256
        case .ecdsaP256: .es256
        case .ecdsaP384: .es384
        case .ed25519: .edDSA
        }
    }
}
