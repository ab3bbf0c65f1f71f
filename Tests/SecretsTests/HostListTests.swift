import Secrets
import Testing

@Suite("Hosts a credential may go to")
struct HostListTests {
    @Test(
        "A pattern matches its host, or what is below its domain",
        arguments: [
            ("api.zarv.com", "api.zarv.com"), ("API.Zarv.com", "api.zarv.com"), ("api.zarv.com", "API.ZARV.COM"),
            ("127.0.0.1:8080", "127.0.0.1:8080"), ("[::1]:8080", "[::1]:8080"), ("localhost", "localhost"),
            ("*.zarv.com", "api.zarv.com"), ("*.zarv.com", "a.b.zarv.com"), ("*.ZARV.com", "x-1.zarv.com"),
            ("*.zarv.com", "my_host.zarv.com"),
        ])
    func allows(pattern: String, host: String) {
        #expect(HostPattern(pattern).matches(host))
        #expect(HostList(["other.test", pattern]).allows(host))
    }

    @Test(
        "Look-alikes do not match",
        arguments: [
            ("api.zarv.com", "zarv.com"), ("api.zarv.com", "x.api.zarv.com"),
            ("api.zarv.com", "api.zarv.com.evil.test"),
            ("api.zarv.com", "api-zarv.com"), ("api.zarv.com", "api.zarv.com."), ("api.zarv.com", "api.zarv.com:443"),
            ("api.zarv.com", "api.zarv.co"), ("api.zarv.com", ""), ("api.zarv.com", "apiXzarv.com"),
            ("*.zarv.com", "zarv.com"), ("*.zarv.com", ".zarv.com"), ("*.zarv.com", "evilzarv.com"),
            ("*.zarv.com", "zarv.com.evil.test"), ("*.zarv.com", "api.zarv.com.evil.test"),
            ("*.zarv.com", "api.zarv.com:8443"),
            ("*.zarv.com", "evil.test/.zarv.com"), ("*.zarv.com", "evil.test#.zarv.com"),
            ("*.zarv.com", "evil.test\\.zarv.com"),
            ("*.zarv.com", "evil.test?.zarv.com"), ("*.zarv.com", "evil.test@api.zarv.com"),
            ("*.zarv.com", "evil.test\0.zarv.com"),
            ("*.zarv.com", "evil.test:80.zarv.com"), ("*.zarv.com", "evil.test%2f.zarv.com"),
            ("*.zarv.com", "*.zarv.com"),
            ("*.zarv.com", "eví.zarv.com"),
            // The Kelvin sign's lower case is k, the long s's upper case S; a combining mark, a full-width stop.
            ("api.klar.com", "api.\u{212A}lar.com"), ("api.\u{212A}lar.com", "api.klar.com"),
            ("*.klar.com", "a.\u{212A}lar.com"),
            ("stripe.test", "\u{17F}tripe.test"), ("*.zarv.com", "api\u{301}.zarv.com"),
            ("api.zarv.com", "api\u{FF0E}zarv.com"),
            ("\u{E9}.test", "e\u{301}.test"), ("127.0.0.1:8080", "127.0.0.1:80801"), ("127.0.0.1", "127.0.0.1:8080"),
            ("*", "zarv.com"), ("*.", "zarv.com."), ("", "zarv.com"), ("a*.zarv.com", "ab.zarv.com"),
            ("*zarv.com", "evilzarv.com"),
        ])
    func refuses(pattern: String, host: String) {
        #expect(!HostPattern(pattern).matches(host))
        #expect(!HostList([pattern]).allows(host))
    }

    @Test("No host at all")
    func empty() {
        #expect(!HostList().allows("zarv.com"))
        #expect(!HostList().allows(""))
        #expect(HostList().phrase == "no host")
        #expect(HostList(["b.test", "*.a.test", "B.test"]).phrase == "*.a.test, b.test")
    }

    @Test("The union allows what either allows")
    func union() {
        let hosts = HostList(["a.test"]).union(HostList(["*.b.test"]))
        #expect(hosts.allows("a.test") && hosts.allows("x.b.test") && !hosts.allows("b.test"))
    }

    @Test(
        "The intersection allows what both allow",
        arguments: [
            (["a.test"], ["a.test", "b.test"], ["a.test"]), (["a.test"], ["b.test"], []), ([], ["a.test"], []),
            (["*.zarv.com"], ["api.zarv.com"], ["api.zarv.com"]), (["*.zarv.com"], ["*.zarv.com"], ["*.zarv.com"]),
            (["*.zarv.com"], ["*.eu.zarv.com", "zarv.com"], ["*.eu.zarv.com"]),
            (["*.zarv.com"], ["*.evilzarv.com"], []),
            (
                ["*.zarv.com", "x.test"], ["a.zarv.com", "b.zarv.com", "x.test"],
                ["a.zarv.com", "b.zarv.com", "x.test"]
            ),
        ])
    func intersection(a: [String], b: [String], both: [String]) {
        #expect(HostList(a).intersection(HostList(b)) == HostList(both))
        #expect(HostList(b).intersection(HostList(a)) == HostList(both))
    }
}
