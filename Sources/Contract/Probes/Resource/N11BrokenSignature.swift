import Providers
import Secrets

extension ResourceProbe {
    /// A byte of the signature changed: in the middle, since the last character may hold bits that decode to nothing.
    static let brokenSignature = ResourceProbe("N-11", .alteredCredential, class: 2) { material in
        material.withJWT { part, jwt in
            guard var bytes = Base64.decode(jwt.signatureText), !bytes.isEmpty else {
                return .impossible("the token carries no signature")
            }
            bytes[bytes.count / 2] ^= 0x01
            return material.forged(
                part,
                [("with one byte of the token's signature changed", jwt.text(signature: CompactJWT.segment(bytes)))])
        }
    }
}
