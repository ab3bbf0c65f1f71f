import Testing

@testable import HTTP

@Suite("URLs")
struct HTTPURLTests {
    @Test(
        "A URL keeps what matters and drops its fragment",
        arguments: [
            ("http://example.com", "http://example.com/"),
            ("HTTPS://Example.COM/Path?Q=1#frag", "https://example.com/Path?Q=1"),
            ("https://example.com:443/", "https://example.com/"),
            ("https://example.com:8443", "https://example.com:8443/"),
            ("http://example.com:/a", "http://example.com/a"),
            ("http://example.com./a", "http://example.com/a"),
            ("http://example.com?x", "http://example.com/?x"),
            ("http://example.com?", "http://example.com/?"),
            ("http://example.com#/@evil.test", "http://example.com/"),
            ("http://[::1]:8080/a", "http://[::1]:8080/a"),
            ("http://[::FFFF:1.2.3.4]/", "http://[::ffff:1.2.3.4]/"),
            ("http://example.com/a?next=http://other.test/@b", "http://example.com/a?next=http://other.test/@b"),
            ("http://example.com/straße?ü", "http://example.com/stra%C3%9Fe?%C3%BC"),
            ("http://my_host.test/a//b/../c", "http://my_host.test/a//b/../c"),
        ])
    func parses(text: String, expected: String) throws {
        #expect(try HTTPURL(parsing: text).text == expected)
    }

    @Test(
        "A text that others might read differently is refused, with the reason",
        arguments: [
            ("", "has no scheme"), ("example.com/a", "has no scheme"), ("http:/example.com", "has no scheme"),
            ("file:///etc/passwd", "has the scheme 'file'"), ("ftp://example.com", "has the scheme 'ftp'"),
            ("javascript:alert(1)//http://example.com", "has the scheme"),
            ("http://", "has no host"), ("http:///path", "has no host"), ("http://:80/", "has no host"),
            ("http://.../", "has no host"), ("http://user@example.com/", "user information"),
            ("http://user:pw@example.com/", "user information"), ("http://good.test@evil.test/", "user information"),
            ("http://good.test\\@evil.test/", "U+5C"), ("http://good.test\\.evil.test/", "U+5C"),
            ("http://example.com/a b", "a blank; write %20"), ("http://example.com/a\r\nX: y", "U+"),
            ("http://example.com/\u{0}", "U+0"), ("http://exa\tmple.com/", "U+9"),
            ("http://example.com/\u{85}", "U+85"),
            ("http://example.com%2f.evil.test/", "not a host name"), ("http://exam%70le.com/", "not a host name"),
            ("http://example.com:0/", "has the port '0'"), ("http://example.com:65536/", "has the port"),
            ("http://example.com:+80/", "has the port"), ("http://example.com:80a/", "has the port"),
            ("http://example.com:99999999999999999999/", "has the port"), ("http://example.com:٨٠/", "has the port"),
            ("http://[]/", "not a host name"), ("http://[::1/", "not a host name"),
            ("http://[fe80::1%25eth0]/", "not a host"),
            ("http://[::1]evil.test/", "not a host name"), ("http://a,b/", "not a host name"),
            ("http://a;b/", "not a host"),
            ("http://<script>/", "not a host name"),
        ])
    func refuses(text: String, reason: String) {
        let error = #expect(throws: HTTPURL.ParseError.self) { try HTTPURL(parsing: text) }
        #expect(error?.reason.contains(reason) == true)
    }

    @Test(
        "References are resolved as RFC 3986 §5.2 says",
        arguments: [
            ("/x", "https://a.test:8443/x"), ("x", "https://a.test:8443/b/c/x"), ("./x", "https://a.test:8443/b/c/x"),
            ("../x", "https://a.test:8443/b/x"), ("../../../x", "https://a.test:8443/x"),
            ("..", "https://a.test:8443/b/"),
            (".", "https://a.test:8443/b/c/"), ("?y=2", "https://a.test:8443/b/c/d?y=2"),
            ("", "https://a.test:8443/b/c/d?q=1"),
            ("#top", "https://a.test:8443/b/c/d?q=1"), ("//b.test/x", "https://b.test/x"),
            ("http://b.test", "http://b.test/"), ("HTTP://B.test/x", "http://b.test/x"),
            ("/x?u=http://c.test/../y", "https://a.test:8443/x?u=http://c.test/../y"),
            ("x:y/z", nil), ("mailto:a@b.test", nil), ("javascript:alert(1)", nil), ("http:/b.test", nil),
            ("///b.test/x", nil), ("//user@b.test/", nil), ("\\\\b.test/x", nil), ("/\\b.test", nil),
            ("/a b", "https://a.test:8443/a%20b"), (" /x ", "https://a.test:8443/x"), ("/x\u{1}", nil),
            ("@b.test/", "https://a.test:8443/b/c/@b.test/"), (":80/", "https://a.test:8443/b/c/:80/"),
        ])
    func resolves(reference: String, expected: String?) throws {
        let base = try HTTPURL(parsing: "https://a.test:8443/b/c/d?q=1")
        #expect((try? base.resolving(reference))?.text == expected)
    }

    @Test("Query pairs are put behind what is there")
    func appendsQuery() throws {
        var url = try HTTPURL(parsing: "http://a.test")
        url.appendQuery("a=1")
        url.appendQuery("")
        url.appendQuery("b=2")
        #expect(url.text == "http://a.test/?a=1&b=2")
    }
}

@Suite("URLs read the quick way")
struct PlainURLTests {
    @Test("the quick way and the careful one agree, and the quick one gives way where it is not sure")
    func agreement() throws {
        let schemes = ["http://", "https://", "HTTP://", "httpx://", "http:/", ""]
        let hosts = [
            "a.test", "127.0.0.1", "a.test:80", "a.test:443", "a.test:8080", "a.test:", "a.test:0", "a.test:99999",
            "A.test", "a.test.", "[::1]", "[::1]:8", "me@a.test", "", "ä.test", "a_b-c.test", "a b",
        ]
        let tails = [
            "", "/", "/x", "/x/y?q=1", "?q", "/?", "/x#f", "/x?a#b", "/ü", "/a\\b", "/a b", "/%2F..", "/x?q=?&/",
        ]
        var plain = 0
        for scheme in schemes {
            for host in hosts {
                for tail in tails {
                    let text = scheme + host + tail
                    guard let quick = HTTPURL(plain: text) else { continue }
                    plain += 1
                    let careful = try HTTPURL(carefully: text)
                    #expect(quick == careful, "\(text)")
                    #expect(try HTTPURL(parsing: quick.text) == careful)
                }
            }
        }
        #expect(plain > 80)
    }
}
