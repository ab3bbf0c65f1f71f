import Secrets
import Testing

@Suite("The redactor")
struct RedactorTests {
    private static func redactor(_ secrets: [(String, String)]) -> Redactor {
        let redactor = Redactor()
        for (text, label) in secrets { redactor.register(Secret(text, label: label)) }
        return redactor
    }

    @Test("A secret is masked by its label, whatever stands around it")
    func plain() {
        let redactor = Self.redactor([("s3cr3t-t0ken", "zarv.token")])
        #expect(redactor.redact("Bearer s3cr3t-t0ken.") == "Bearer «secret:zarv.token».")
        #expect(redactor.redact("s3cr3t-t0kens3cr3t-t0ken") == "«secret:zarv.token»")
        #expect(redactor.redact("nothing here") == "nothing here")
        #expect(redactor.redact("") == "" && redactor.redact("s3") == "s3")
        #expect(redactor.finds(in: Array("xs3cr3t-t0kenx".utf8)))
        #expect(!redactor.finds(in: Array("s3cr3t-t0ke".utf8)))
        #expect(Redactor().redact("s3cr3t-t0ken") == "s3cr3t-t0ken")
    }

    @Test("Overlapping secrets and prefixes leave no tail")
    func overlaps() {
        let redactor = Self.redactor([
            ("ABC123", "a"), ("ABC123_DEF987", "b"), ("DEF987_SECRET", "c"), ("987_SECRET_TAIL", "d"),
        ])
        #expect(redactor.redact("x ABC123_DEF987 y") == "x «secret:a» y")
        #expect(redactor.redact("<ABC123_DEF987_SECRET>") == "<«secret:a»>")
        #expect(redactor.redact("<ABC123_DEF987_SECRET_TAIL>") == "<«secret:a»>")
        #expect(redactor.redact("<DEF987_SECRET_TAIL>") == "<«secret:c»>")
        #expect(redactor.redact("ABC123 and ABC123_DEF987") == "«secret:a» and «secret:a»")
    }

    @Test("Short texts are not masked: they occur by chance")
    func short() {
        let redactor = Self.redactor([("true", "a"), ("12345", "b"), ("", "c")])
        #expect(redactor.redact("true 12345") == "true 12345")
        #expect(Self.redactor([("123456", "d")]).redact("x123456x") == "x«secret:d»x")
    }

    @Test("Texts that Unicode holds for equal are two secrets")
    func canonicalEquivalents() {
        let redactor = Self.redactor([("caf\u{E9}-caf\u{E9}", "a"), ("cafe\u{301}-cafe\u{301}", "b")])
        #expect(redactor.redact("caf\u{E9}-caf\u{E9}") == "«secret:a»")
        #expect(redactor.redact("cafe\u{301}-cafe\u{301}") == "«secret:b»")
    }

    @Test("A PEM is masked line by line, indented or joined")
    func pem() {
        let lines = ["MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "QOmXlhhQ4Qx5Vb1zc2Zq8n7Zk1yYy0Tt", "c2VjcmV0cw=="]
        let pem = "-----BEGIN PRIVATE KEY-----\n" + lines.joined(separator: "\n") + "\n-----END PRIVATE KEY-----\n"
        let redactor = Self.redactor([(pem, "key")])
        for text in [
            pem, lines.joined(separator: "\r\n"), lines.map { "    \($0)" }.joined(separator: "\n"), lines.joined(),
            lines.joined(separator: "\\n"), lines[1],
        ] {
            let redacted = redactor.redact(text)
            for line in lines { #expect(!redacted.contains(line)) }
            #expect(redacted.contains("«secret:key»"))
        }
    }

    @Test("The value without its quotes and without the space around it is the secret too")
    func trimmed() {
        let redactor = Self.redactor([("  \"p4ssw0rd!\"\n", "a"), ("\t s3cr3t-value ", "b")])
        #expect(redactor.redact("x p4ssw0rd! y") == "x «secret:a» y")
        #expect(redactor.redact("[s3cr3t-value]") == "[«secret:b»]")
    }

    @Test("Claims and signature of a JWT are masked on their own")
    func jwt() {
        let redactor = Self.redactor([("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLWJ5dGVz", "token")])
        #expect(redactor.redact("sig=c2lnbmF0dXJlLWJ5dGVz") == "sig=«secret:token»")
        #expect(redactor.redact("claims eyJzdWIiOiIxMjM0In0") == "claims «secret:token»")
        #expect(redactor.redact("head eyJhbGciOiJub25lIn0") == "head eyJhbGciOiJub25lIn0")
    }

    @Test(
        "What writers make of special characters is known",
        arguments: [
            #"p<a>&'s"s/w+é="#, #"p\u003ca\u003e\u0026's\"s/w+é="#, #"p\u003ca\u003e\u0026\u0027s\"s/w+é\u003d"#,
            #"p\u003Ca\u003E\u0026\u0027s\u0022s/w\u002B\u00E9="#, #"p<a>&'s\"s\/w+\u00e9="#, #"p<a>&'s\"s/w+\u00e9="#,
            "p&lt;a&gt;&amp;&apos;s&quot;s/w+é=", "p&lt;a&gt;&amp;&#39;s&#34;s/w+é=",
            "p&lt;a&gt;&amp;&#x27;s&quot;s/w+é=", "p&lt;a&gt;&amp;'s\"s/w+é=", "p%3Ca%3E%26%27s%22s%2Fw%2B%C3%A9%3D",
            "p%3ca%3e%26%27s%22s%2fw%2b%c3%a9%3d", "p%3Ca%3E%26%27s%22s/w%2B%C3%A9%3D",
            "p%3Ca%3E%26's%22s%2Fw%2B%C3%A9%3D",
        ])
    func habits(form: String) {
        let redactor = Self.redactor([(#"p<a>&'s"s/w+é="#, "a")])
        #expect(redactor.redact("«\(form)»") == "««secret:a»»")
    }

    @Test("A body full of a base64 secret is redacted in one go")
    func manyHits() {
        let token = "c2VjcmV0LXRva2VuLXZhbHVl"
        let redactor = Self.redactor([("secret-token-value", "a")])
        let body = String(repeating: token, count: 20_000)
        #expect(redactor.redact("<\(body)>") == "<«secret:a»>")
    }
}
