import CCurl
import HTTP
import Testing

@testable import CurlTransport

@Suite("Sentences for failures")
struct TransferFailureTests {
    private func error(_ code: Int32, _ detail: String = "", system: Int32 = 0) throws -> TransportError {
        let request = HTTPRequest(
            .get, try HTTPURL(parsing: "https://api.test/a?key=secret"),
            headers: [HeaderField("Authorization", "secret")])
        return TransferFailure(
            code: code, detail: detail, request: request, systemError: system, isConnected: true, hasAnswerBegun: false,
            isBodyTooLarge: false, isHeadTooLarge: false
        ).error
    }

    @Test("Every result code gives a sentence without a secret and without libcurl's names", arguments: 1..<100)
    func allCodes(code: Int) throws {
        let error = try error(Int32(code), "some detail")
        #expect(error.code == Int32(code))
        #expect(!error.message.contains("secret"))
        #expect(!error.message.contains("CURL"))
        #expect(error.message.count > 20)
    }

    @Test("An unknown host")
    func resolve() throws {
        let error = try error(CCURL_COULDNT_RESOLVE_HOST, "Could not resolve host: api.test")
        #expect(error.kind == .resolve)
        #expect(
            error.message == "the host 'api.test' cannot be resolved; check its spelling and the network's name service"
        )
    }

    @Test("A certificate: the reason is libcurl's, the help fits it")
    func certificates() throws {
        let issuer = try error(CCURL_PEER_FAILED_VERIFICATION, "SSL certificate problem: self-signed certificate")
        #expect(
            issuer.message == "the certificate of https://api.test is not accepted (self-signed certificate); "
                + "name the authority that issued it with --cacert")
        let name = try error(
            CCURL_PEER_FAILED_VERIFICATION,
            "SSL: no alternative certificate subject name matches target host name 'api.test'")
        #expect(name.message.hasSuffix("call the host by a name that the certificate holds"))
        #expect(issuer.kind == .tls)
        #expect(name.kind == .tls)
    }

    @Test("Control characters in libcurl's text do not reach the terminal")
    func controls() throws {
        let error = try error(CCURL_RECV_ERROR, "a\u{1B}[31mb\r\nc\u{9B}d")
        #expect(error.message.hasSuffix("(a [31mb  c d)"))
    }

    @Test(
        "What libcurl quotes of a proxy's URL holds no user",
        arguments: [
            (
                "Unsupported proxy scheme for 'ftp://me:s3cret@p.test:1'",
                "Unsupported proxy scheme for 'ftp://p.test:1'"
            ),
            ("Unsupported proxy syntax in 'me:s3/c@ret@p.test'", "Unsupported proxy syntax in 'p.test'"),
            ("no user here", "no user here"),
        ])
    func proxyUser(detail: String, shown: String) throws {
        #expect(try error(CCURL_PROXY, detail).message.contains("(\(shown))"))
    }

    @Test("Both spellings of libcurl name the proxy; the host of the URL itself is none")
    func proxyPlace() throws {
        for detail in [
            "Failed to connect to p.test port 81 after 0 ms: x", "Failed to connect to p.test:81 after 0 ms",
        ] {
            let error = try error(CCURL_COULDNT_CONNECT, detail, system: 111)
            #expect(error.kind == .proxy)
            #expect(error.message.hasPrefix("no connection to the proxy p.test:81 ("))
        }
        #expect(try error(CCURL_COULDNT_CONNECT, "Failed to connect to api.test port 443 after 0 ms").kind == .connect)
        #expect(try error(CCURL_COULDNT_CONNECT, "Connection timed out").kind == .connect)
    }

    @Test(
        "Durations are written as people do",
        arguments: [(Duration.seconds(30), "30 s"), (.milliseconds(250), "250 ms"), (.milliseconds(1500), "1.5 s")])
    func durations(timeout: Duration, text: String) throws {
        let request = HTTPRequest(.get, try HTTPURL(parsing: "http://a.test"), timeout: timeout)
        let failure = TransferFailure(
            code: CCURL_OPERATION_TIMEDOUT, detail: "", request: request, systemError: 0, isConnected: true,
            hasAnswerBegun: false, isBodyTooLarge: false, isHeadTooLarge: false)
        #expect(failure.error.message.contains("within \(text) ("))
    }
}
