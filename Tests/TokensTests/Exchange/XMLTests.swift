import HTTP
import JSON
import Providers
import Secrets
import TestSupport
import Testing

@testable import Tokens

@Suite("XML")
struct XMLTests {
    private static let envelope = """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- a comment -->
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
          <soap:Body>
            <LoginResponse id='r1'>
              <item key="a">first</item><item key="b&#x21;">sec<b>o</b>nd</item>
              <token> the&amp;token </token><raw><![CDATA[<x>&amp;]]></raw><empty/>
            </LoginResponse>
          </soap:Body>
        </soap:Envelope>
        """

    static let paths: [(String, String?)] = [
        ("/Envelope/Body/LoginResponse/token", "the&token"), ("/soap:Envelope/soap:Body/LoginResponse/@id", "r1"),
        ("//token", "the&token"), ("//item", "first"), ("//item[2]", "second"), ("//item[2]/@key", "b!"),
        ("//item/b", "o"), ("//LoginResponse/item[2]/b", "o"), ("//raw", "<x>&amp;"), ("//empty", ""),
        ("//item[3]", nil), ("/Body", nil), ("//token/@none", nil), ("/Envelope/Body/token", nil),
    ]

    @Test("Paths lead to the text of elements and attributes", arguments: paths)
    func finds(_ path: String, _ text: String?) throws {
        let tree = try #require(XMLTree(Array(Self.envelope.utf8)))
        #expect(tree.text(at: try #require(XMLPath(path))) == text)
    }

    static let notPaths = [
        "", "a", "/", "//", "/a//b", "/a[0]", "/a[x]", "/@x", "/a/@x/b", "/a b", "/a[1", "/a/text()",
    ]

    @Test("What is no path of this subset", arguments: notPaths)
    func notPath(_ text: String) { #expect(XMLPath(text) == nil) }

    static let wrong: [String] = [
        "", "text", "<a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a>&nbsp;</a>", "<a>&#0;</a>", "<a x=1/>",
        "<a x='1' x='2'/>", "<a x='<'/>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a><!-- </a>", "<a/>text",
        "<a><![CDATA[</a>", "<1a/>", "< a/>", "<a x='1'y='2'/>", "<a>&amp</a>",
        String(repeating: "<a>", count: 201) + String(repeating: "</a>", count: 201),
    ]

    @Test("What is not well-formed, or could blow up, is refused", arguments: wrong)
    func refuses(_ text: String) { #expect(XMLTree(Array(text.utf8)) == nil) }

    @Test("Bytes that are no UTF-8 are refused")
    func bytes() { #expect(XMLTree([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E]) == nil) }

    @Test("Damaged answers never trap", arguments: 0..<40)
    func damaged(_ seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<50 {
            var bytes = Array(Self.envelope.utf8)
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
            if let tree = XMLTree(bytes), let path = XMLPath("//token") {
                #expect((tree.text(at: path)?.utf8.count ?? 0) <= bytes.count)
            }
        }
    }

    @Test("A SOAP login: values are escaped on the way out, the token is found in the answer")
    func login() async throws {
        let desk = Desk { _ in
            HTTPResponse(status: 200, body: Array(Self.envelope.replacing("<empty/>", with: "<ttl>120</ttl>").utf8))
        }
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "user": {}, "password": {} },
              "auth": { "type": "token", "request": { "url": "https://api.acme.test/soap", "format": "xml",
                  "headers": { "SOAPAction": "login" },
                  "body": "<Login user=\"{{secret.user}}\"><p>{{secret.password}}</p></Login>" },
                "response": { "format": "xml", "token": "xpath:/Envelope/Body/LoginResponse/token",
                  "expiry": "xpath://ttl", "capture": { "first": "xpath://item/@key" } } } }
            """#)
        let identity = try desk.bind(provider, secrets: ["user": "a\"b", "password": "p<&>'w"])
        let token = try #require(try await desk.broker.credential(for: identity).token)
        #expect(token.value.reveal() == "the&token")
        #expect(token.expiresAt == FakeClock.start + 120_000)
        let request = try #require(desk.transport.requests.first)
        #expect(request.bodyText == "<Login user=\"a&quot;b\"><p>p&lt;&amp;&gt;&apos;w</p></Login>")
        #expect(request.headers["Content-Type"] == "text/xml; charset=utf-8")
        #expect(request.headers["Accept"] == "application/xml, text/xml")
        #expect(request.headers["SOAPAction"] == "login")
    }

    @Test("An answer that is not XML")
    func notXML() async throws {
        let desk = Desk("<html><br></html>")
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "auth": { "type": "token",
                "request": { "url": "https://api.acme.test/t" }, "response": { "format": "xml", "token": "xpath://t" } } }
            """#)
        let error = try await desk.refusal(try desk.bind(provider))
        #expect(
            error.message
                == "the answer of api.acme.test is not XML: 17 bytes labelled application/json")
    }
}
