import HTTP
import JSON
import Providers
import TestSupport
import Testing
import Tokens

@Suite("How answers state an expiry")
struct ExpiryFormatTests {
    /// FakeClock starts at 2026-11-25T08:30:00Z; each states ten minutes later.
    static let answers: [(String, String)] = [
        (#"{ "at": "/e", "unit": "s" }"#, "600"), (#"{ "at": "/e", "unit": "ms" }"#, "600000"),
        (#"{ "at": "/e", "unit": "min" }"#, #""10""#), (#"{ "at": "/e", "unit": "h" }"#, "0.16666666666666666"),
        (#"{ "at": "/e", "unit": "d" }"#, "0.006944444444444444"),
        (#"{ "at": "/e", "kind": "instant" }"#, "1795596000"),
        (#"{ "at": "/e", "format": "epoch-ms" }"#, "1795596000000"),
        (#"{ "at": "/e", "format": "rfc3339" }"#, #""2026-11-25T09:40:00+01:00""#),
        (#"{ "at": "/e", "format": "http" }"#, #""Wed, 25 Nov 2026 08:40:00 GMT""#),
        (#"{ "at": "/e", "pattern": "yyyy-MM-dd HH:mm:ss" }"#, #""2026-11-25 08:40:00""#),
        (#"{ "at": "/e", "pattern": "dd/MM/yyyy'T'HHmmss.SSS" }"#, #""25/11/2026T084000.000""#),
    ]

    @Test("Durations, instants and patterns", arguments: answers)
    func ends(_ rules: String, _ stated: String) async throws {
        let desk = Desk(#"{"access_token":"the-access-token","e":\#(stated)}"#)
        let identity = try desk.bind(try acme(#""response": { "expiry": \#(rules) }"#), secrets: acmeSecrets)
        let end = try #require(try await desk.broker.credential(for: identity).token?.expiresAt)
        #expect(abs(end - FakeClock.start - 600_000) <= 1)
    }

    static let unusable = ["2026-11-25", "2026-11-25 08:40:0x", "2026-13-25 08:40:00", "2026-11-25 08:40:00 ", ""]

    @Test("A text that does not fit the pattern states nothing", arguments: unusable)
    func nothing(_ text: String) async throws {
        let desk = Desk(#"{"access_token":"the-access-token","e":"\#(text)"}"#)
        let identity = try desk.bind(
            try acme(#""response": { "expiry": { "at": "/e", "pattern": "yyyy-MM-dd HH:mm:ss" } }"#),
            secrets: acmeSecrets)
        #expect(try await desk.broker.credential(for: identity).token?.expiresAt == nil)
    }
}
