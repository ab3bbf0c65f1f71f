import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

@Suite("Crypto functions")
struct CryptoFunctionTests {
    /// FIPS 180-4's "abc", RFC 4231 and RFC 2202 test case 2.
    static let cases: [(String, [JSONValue], String)] = [
        ("sha256", ["abc"], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("sha1", ["abc"], "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("sha1", [""], "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("sha256", [""], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (
            "hmac", ["sha256", "Jefe", "what do ya want for nothing?"],
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            "hmac", ["sha384", "Jefe", "what do ya want for nothing?"],
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
        ),
        (
            "hmac", ["sha512", "Jefe", "what do ya want for nothing?"],
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
                + "caeab1a34d4a6b4b636e070a38bce737"
        ),
        ("hmac", ["sha1", "Jefe", "what do ya want for nothing?"], "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
    ]

    @Test("Published vectors", arguments: cases)
    func vectors(_ name: String, _ arguments: [JSONValue], _ result: String) throws {
        let function = try #require(FunctionTable(CryptoFunctions.all)[name])
        #expect(try function.body(arguments).text == result)
    }

    @Test("What is computed from a secret is one, a digest and a part of it too; no message quotes it")
    func taint() throws {
        let redactor = Redactor()
        let secret = Secret("the-secret-key-us6", label: "acme.key")
        let scope = Scope(
            [["secret.key": TemplateValue(secret, hosts: nil)]], functions: .standard().adding(CryptoFunctions.all),
            redactor: redactor)
        for call in ["sha1(secret.key)", "split(secret.key, '-key-', 0)"] {
            let rendered = try template("{{\(call)}}").text(scope)
            #expect(rendered.taint != nil)
            #expect(!redactor.redact("x \(rendered.text) y").contains(rendered.text))
        }
        let problem = #expect(throws: Diagnostic.self) { try template("{{split(secret.key, '-', 9)}}").text(scope) }
        #expect(problem?.title == "split(): does not take this value, which is secret and not shown")
    }

    private func template(_ text: String) -> Template {
        var bag = DiagnosticBag()
        let span = Span(SourceFile(path: "x.json", text: text), 0..<1)
        let template = Template(parsing: text, span: span, bag: &bag, place: { _ in span })
        #expect(bag.isEmpty)
        return template
    }

    @Test("An unknown algorithm is named as such")
    func unknown() throws {
        let function = try #require(FunctionTable(CryptoFunctions.all)["hmac"])
        #expect(throws: FunctionError.self) { try function.body(["md5", "k", "x"]) }
    }
}
