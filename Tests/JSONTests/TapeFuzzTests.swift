import JSON
import TestSupport
import Testing

/// Whatever comes over the wire: an answer or an error with a place in the text, never a trap.
@Suite("The JSON parser on hostile bytes")
struct TapeFuzzTests {
    private static let seeds: [String] = [
        #"{"a":[1,2.5e-3,true,false,null,"x\u0041\ud83d\ude00"],"b":{"c":{}}}"#,
        #"[[[[]]],{"":""},-0.0,1E+2,"é€😀\\\"\/\b\f\n\r\t"]"#, #""\uD83D\uDE00""#, "  [ 1 , 2 ]  ", "-12.75e10",
    ]
    private static let spice =
        Array("{}[]\",:\\u0123456789dDaAeE+-.tfn \n\t/'".utf8) + [0x00, 0x80, 0xC3, 0xED, 0xF0, 0xFF]

    @Test("Random bytes", arguments: [1, 2, 3] as [UInt64])
    func randomBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<10_000 { check(generator.bytes(generator.number(0...40))) }
    }

    @Test("Random bytes that JSON is made of", arguments: [4, 5, 6] as [UInt64])
    func randomTokens(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<10_000 {
            check((0..<generator.number(0...30)).map { _ in Self.spice.randomElement(using: &generator) ?? 0 })
        }
    }

    @Test("JSON with bytes changed, dropped, doubled and cut off", arguments: [7, 8, 9] as [UInt64])
    func mutations(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<10_000 {
            var bytes = Array((Self.seeds.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<generator.number(1...4) { mutate(&bytes, &generator) }
            check(bytes)
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let at = generator.number(0...bytes.count - 1)
        let byte = Self.spice.randomElement(using: &generator) ?? 0
        switch generator.number(0...4) {
        case 0: bytes[at] = byte
        case 1: bytes.insert(byte, at: at)
        case 2: bytes.remove(at: at)
        case 3: bytes.removeSubrange(at...)
        default: bytes.insert(contentsOf: bytes[at..<min(at + 8, bytes.count)], at: at)
        }
    }

    /// What is accepted can be walked, written and read again; what is refused has its place inside the text.
    private func check(_ bytes: [UInt8]) {
        do throws(JSONError) {
            let root = try JSONDocument.parse(bytes).root
            let value = root.value
            let again = try JSONDocument.parse(value.text(.pretty)).root.value
            if again != value || !root.equals(value) { Issue.record("differs when written: \(bytes)") }
            if String(validating: bytes, as: UTF8.self) == nil { Issue.record("took what is not UTF-8: \(bytes)") }
            walk(root, within: 0..<bytes.count)
        } catch {
            if error.range.lowerBound < 0 || error.range.upperBound > bytes.count || error.reason.isEmpty {
                Issue.record("bad place \(error.range): \(bytes)")
            }
        }
    }

    private func walk(_ node: JSONNode, within outer: Range<Int>) {
        let range = node.range
        if range.lowerBound < outer.lowerBound || range.upperBound > outer.upperBound || range.isEmpty {
            Issue.record("\(range) is not within \(outer)")
        }
        if let text = node.string {
            let count = text.utf8.count
            let source = node.sourceRange(ofDecoded: 0..<count)
            if source != range.lowerBound + 1..<range.upperBound - 1 { Issue.record("\(source) in \(range)") }
        }
        for element in node.elements { walk(element, within: range) }
        for member in node.members {
            walk(member.nameNode, within: range)
            walk(member.value, within: range)
        }
    }
}
