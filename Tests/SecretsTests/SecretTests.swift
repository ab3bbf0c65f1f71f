import Secrets
import Testing

@Suite("Secret values")
struct SecretTests {
    private static let secret = Secret("hunter2-hunter2", label: "zarv.password")
    private struct Holder {
        var name = "holder"
        var secret: Secret
        var optional: Secret?
        var list: [Secret]
    }

    private static func dumped(_ value: some Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }

    @Test("Whatever prints a secret prints its mask")
    func printing() {
        let secret = Self.secret
        let holder = Holder(secret: secret, optional: secret, list: [secret])
        let texts = [
            "\(secret)", secret.description, secret.debugDescription, String(describing: secret),
            String(reflecting: secret),
            Self.dumped(secret), "\(holder)", String(reflecting: holder), Self.dumped(holder), "\([secret: secret])",
            Self.dumped([secret]), "\(Optional(secret) as Any)", "\(Mirror(reflecting: secret))",
        ]
        for text in texts {
            #expect(!text.contains("hunter2"))
        }
        for text in texts.dropLast() { #expect(text.contains("«secret:zarv.password»")) }
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(Secret.mask("x") == "«secret:x»")
    }

    @Test("Only one method reveals the value; equality looks at it alone")
    func revealing() {
        #expect(Self.secret.reveal() == "hunter2-hunter2")
        #expect(Self.secret == Secret("hunter2-hunter2", label: "other"))
        #expect(Self.secret != Secret("hunter3", label: "zarv.password"))
        #expect(Set([Self.secret, Secret("hunter2-hunter2", label: "other")]).count == 1)
    }
}
