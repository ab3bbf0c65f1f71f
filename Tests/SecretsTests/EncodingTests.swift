import Secrets
import TestSupport
import Testing

@Suite("Base64 and percent-encoding")
struct EncodingTests {
    @Test(
        "The vectors of RFC 4648 §10",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
        let bare = String(encoded.prefix { $0 != "=" })
        #expect(Base64.encode(Array(text.utf8), padded: false) == bare)
        #expect(Base64.decode(bare) == Array(text.utf8))
    }

    @Test("Both alphabets")
    func alphabets() {
        #expect(Base64.encode([0xFB, 0xEF, 0xFF, 0xFE]) == "++///g==")
        #expect(Base64.encode([0xFB, 0xEF, 0xFF, 0xFE], urlSafe: true) == "--___g==")
        #expect(Base64.encode([0xFB, 0xEF, 0xFF, 0xFE], urlSafe: true, padded: false) == "--___g")
        #expect(Base64.decode("--___g") == Base64.decode("++///g=="))
    }

    @Test(
        "What is no base64 is refused", arguments: ["A", "AAAAA", "Zm9v!", "Zm 9v", "Zg==Zg==", "=Zg", "Z\n", "Zm9vé"])
    func refuses(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("Base64 comes back as it went", arguments: [1, 2] as [UInt64])
    func roundTrip(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let bytes = generator.bytes(generator.number(0...40))
            for urlSafe in [true, false] {
                for padded in [true, false] {
                    let text = Base64.encode(bytes, urlSafe: urlSafe, padded: padded)
                    if Base64.decode(text) != bytes { Issue.record("\(bytes) → \(text)") }
                    if padded, text.utf8.count % 4 != 0 { Issue.record("\(text)") }
                }
            }
        }
    }

    @Test(
        "Percent-encoding keeps the unreserved characters of RFC 3986 §2.3",
        arguments: [
            ("", "", ""), ("AZaz09-._~", "AZaz09-._~", "AZaz09-._%7E"), ("a b", "a%20b", "a+b"),
            ("a+b", "a%2Bb", "a%2Bb"),
            ("*", "%2A", "*"), ("/?#[]@", "%2F%3F%23%5B%5D%40", "%2F%3F%23%5B%5D%40"),
            ("é€", "%C3%A9%E2%82%AC", "%C3%A9%E2%82%AC"),
            ("%2F", "%252F", "%252F"), ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"), ("\0", "%00", "%00"),
            ("😀", "%F0%9F%98%80", "%F0%9F%98%80"),
        ])
    func percent(text: String, encoded: String, form: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.form(text) == form)
    }

    @Test("Lower-case digits, and characters kept on wish")
    func variants() {
        #expect(PercentEncoding.encode("a/é".utf8, upperCase: false) == "a%2f%c3%a9")
        #expect(
            PercentEncoding.encode("a/b c".utf8, keeping: { $0 == UInt8(ascii: "/") || $0 == 0x61 }) == "a/%62%20%63")
    }

    @Test(
        "Percent-encoding comes back as it went, and holds nothing that means something", arguments: [3, 4] as [UInt64])
    func percentRoundTrip(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let bytes = generator.bytes(generator.number(0...30))
            for text in [PercentEncoding.encode(bytes), PercentEncoding.encode(bytes, upperCase: false)] {
                if decoded(text, plusIsBlank: false) != bytes { Issue.record("\(bytes) → \(text)") }
                if text.utf8.contains(where: { !PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: "%") }) {
                    Issue.record("\(text)")
                }
            }
            if decoded(PercentEncoding.form(bytes), plusIsBlank: true) != bytes { Issue.record("\(bytes) as a form") }
        }
    }

    private func decoded(_ text: String, plusIsBlank: Bool) -> [UInt8] {
        var rest = Array(text.utf8)[...]
        var result: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                result.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte == UInt8(ascii: "+") && plusIsBlank ? 0x20 : byte)
            }
        }
        return result
    }
}
