import Diagnostics
import JSON
import Templates
import TestSupport
import Testing

@Suite("Functions in placeholders")
struct FunctionTests {
    private static let bench = TemplateBench([
        "flag": true, "n": 12, "list": [1, "x", nil], "nothing": nil, "o": ["a": 1.5.json],
    ])

    @Test(
        "Functions of a text",
        arguments: [
            ("base64('foob')", "\"Zm9vYg==\""), ("base64('')", "\"\""), ("base64('ü€')", "\"w7zigqw=\""),
            ("base64(n)", "\"MTI=\""),
            ("base64(flag)", "\"dHJ1ZQ==\""), ("base64url('~~~?')", "\"fn5-Pw\""),
            ("url('a b/ü')", "\"a%20b%2F%C3%BC\""),
            ("url(n)", "\"12\""), ("lower('ÄBC')", "\"äbc\""), ("upper('äbc')", "\"ÄBC\""),
            ("trim('  a b\t')", "\"a b\""),
            ("trim('   ')", "\"\""), ("trim('')", "\"\""), ("trim('x')", "\"x\""), ("raw('a/b')", "\"a/b\""),
            ("raw(n)", "\"12\""),
            ("split('key-us6','-',1)", "\"us6\""), ("split('key-us6','-',0)", "\"key\""),
            ("split('a::b::c','::',-1)", "\"c\""), ("split('a::b::c','::',-3)", "\"a\""),
            ("split('a,,b',',',1)", "\"\""),
            ("split('',',',0)", "\"\""), ("split('a,',',',1)", "\"\""), ("split('aaa','aa',1)", "\"a\""),
            ("split('e\u{301}-x','e',1)", "\"\u{301}-x\""),
            ("json(list)", #""[1,\"x\",null]""#), ("json('a\"b')", #""\"a\\\"b\"""#), ("json(nothing)", "\"null\""),
            ("json(o)", #""{\"a\":1.5}""#), ("int('42')", "42"), ("int('-7')", "-7"), ("int('1.0')", "1"),
            ("int('1e3')", "1000"),
            ("int(n)", "12"), ("number('1.50')", "1.50"), ("number('10000000000000000999')", "10000000000000000999"),
            ("number(n)", "12"),
        ])
    func values(call: String, json: String) throws {
        #expect(try Self.bench.json("{{\(call)}}") == json)
    }

    @Test(
        "Arguments that do not fit",
        arguments: [
            ("base64(list)", "base64(): needs a text, not a list", "written base64(text)"),
            ("lower(nothing)", "lower(): needs a text, not null", "written lower(text)"),
            ("url(o)", "url(): needs a text, not an object", "written url(text)"),
            ("int('x')", "int(): 'x' is not a whole number", "written int(text)"),
            ("int('1.5')", "int(): '1.5' is not a whole number", "written int(text)"),
            ("int('')", "int(): '' is not a whole number", "written int(text)"),
            ("int('99999999999999999999')", "int(): '99999999999999999999' is not a whole number", "written int(text)"),
            ("int(flag)", "int(): 'true' is not a whole number", "written int(text)"),
            ("number('0x1')", "number(): '0x1' is not a number", "written number(text)"),
            (
                "split('a-b','-',2)", "split(): finds no part 2: the text has 2, counted from 0",
                "written split(text, separator, index)"
            ),
            (
                "split('a-b','-',-3)", "split(): finds no part -3: the text has 2, counted from 0",
                "written split(text, separator, index)"
            ),
            (
                "split('a','',0)", "split(): needs a text that separates the parts, such as '-'",
                "written split(text, separator, index)"
            ),
            (
                "split('a','-','0')", "split(): needs a whole number: 0 is the first part",
                "written split(text, separator, index)"
            ),
            ("random(2,1)", "random(): needs two whole numbers, the smaller one first", "written random(from, to)"),
            ("random(1.5,2)", "random(): needs two whole numbers, the smaller one first", "written random(from, to)"),
            ("random('a',2)", "random(): needs two whole numbers, the smaller one first", "written random(from, to)"),
            ("now(1)", "now(): needs a format such as 'rfc3339', not a number", "written now(format?, offset?)"),
            (
                "now('iso')",
                "now(): knows no format 'iso'; write 'rfc3339', 'date', 'http', 'epoch' or 'epoch-ms'",
                "written now(format?, offset?)"
            ),
            ("now('date','1')", "now(): '1' is not an offset; write '5m' or '-1h'", "written now(format?, offset?)"),
            (
                "now('date','--1h')", "now(): '--1h' is not an offset; write '5m' or '-1h'",
                "written now(format?, offset?)"
            ),
            ("now('date',5)", "now(): '' is not an offset; write '5m' or '-1h'", "written now(format?, offset?)"),
        ])
    func badArguments(call: String, title: String, help: String) throws {
        let problem = try #require(throws: Diagnostic.self) { try Self.bench.value("{{\(call)}}") }
        #expect(problem.code == "bad-argument" && problem.title == title && problem.help == help)
    }

    @Test(
        "A wrong number of arguments and an unknown function are found when the file is read",
        arguments: [
            ("base64()", "base64() takes other arguments", "written base64(text)"),
            ("base64('a','b')", "base64() takes other arguments", "written base64(text)"),
            ("uuid(1)", "uuid() takes other arguments", "written uuid()"),
            ("random(1)", "random() takes other arguments", "written random(from, to)"),
            ("now('date','1h',1)", "now() takes other arguments", "written now(format?, offset?)"),
            ("hmac('sha256','k')", "hmac() takes other arguments", "written hmac(alg, key, text)"),
            ("bas64('x')", "there is no function 'bas64'", "did you mean 'base64'?"),
            ("upper(lowre('x'))", "there is no function 'lowre'", "did you mean 'lower'?"),
        ])
    func signatures(call: String, title: String, help: String) throws {
        let problems = try TemplateBench.parse("{{\(call)}}").problems
        #expect(problems.map(\.title) == [title])
        #expect(problems.first?.help == help)
    }

    @Test(
        "Time comes from the clock that was given",
        arguments: [
            ("now()", "\"2026-11-25T08:30:00.250Z\""), ("now('rfc3339')", "\"2026-11-25T08:30:00.250Z\""),
            ("now(null,'750ms')", "\"2026-11-25T08:30:01Z\""), ("now('date')", "\"2026-11-25\""),
            ("now('http')", "\"Wed, 25 Nov 2026 08:30:00 GMT\""), ("now('epoch')", "1795595400"),
            ("now('epoch-ms')", "1795595400250"), ("epoch()", "1795595400"), ("now('date','24h')", "\"2026-11-26\""),
            ("now('date','+24h')", "\"2026-11-26\""), ("now('date','-600h')", "\"2026-10-31\""),
            ("now('epoch','-5m')", "1795595100"),
            ("now('http','0.75s')", "\"Wed, 25 Nov 2026 08:30:01 GMT\""),
        ])
    func time(call: String, json: String) throws {
        #expect(try Self.bench.json("{{\(call)}}") == json)
    }

    @Test(
        "Seconds before 1970 are rounded down",
        arguments: [(-1, -1), (-1000, -1), (-1001, -2), (0, 0), (999, 0)] as [(Int64, Int)])
    func negativeEpoch(milliseconds: Int64, seconds: Int) throws {
        var bench = TemplateBench()
        bench.source.now = { milliseconds }
        #expect(try bench.value("{{epoch()}}").json == .number(JSONNumber(seconds)))
        #expect(try bench.value("{{now('epoch')}}").json == .number(JSONNumber(seconds)))
    }

    @Test("A UUID has the shape, version and variant of RFC 9562 §5.4", arguments: [1, 2] as [UInt64])
    func uuid(seed: UInt64) throws {
        let bench = Self.random(seed)
        var seen: Set<String> = []
        for _ in 0..<300 {
            let text = try #require(try bench.value("{{uuid()}}").json.string)
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
            #expect(text.allSatisfy { "0123456789abcdef-".contains($0) })
            #expect(parts[2].first == "4")
            #expect(parts[3].first.map { "89ab".contains($0) } == true)
            #expect(seen.insert(text).inserted)
        }
    }

    @Test(
        "The bits of a UUID that are not fixed come from chance",
        arguments: [
            (UInt64.min, "00000000-0000-4000-8000-000000000000"), (UInt64.max, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
        ])
    func uuidBits(random: UInt64, text: String) throws {
        var bench = TemplateBench()
        bench.source.random = { random }
        #expect(try bench.value("{{uuid()}}").json == .string(text))
    }

    @Test(
        "Random numbers lie between their bounds, and reach both",
        arguments: [
            (1, 6), (-3, 3), (0, 0), (-1, 0), (.min, .max), (.max - 1, .max), (.min, .min + 1),
        ] as [(Int, Int)])
    func randomBounds(low: Int, high: Int) throws {
        let bench = Self.random(7)
        var seen: Set<Int> = []
        for _ in 0..<300 {
            let value = try #require(try bench.value("{{random(\(low),\(high))}}").json.number?.int)
            #expect((low...high).contains(value))
            seen.insert(value)
        }
        // Small ranges are filled, in large ones nothing comes twice.
        let isSmall = high.subtractingReportingOverflow(low).overflow == false && high - low < 10
        #expect(seen.count == (isSmall ? high - low + 1 : 300))
    }

    private static func random(_ seed: UInt64) -> TemplateBench {
        var bench = TemplateBench()
        let generator = Shared(SeededGenerator(seed: seed))
        bench.source.random = { generator.next() }
        return bench
    }

    @Test("The system's clock and chance are used by default")
    func system() {
        let source = ValueSource.system
        #expect(source.now() > 1_700_000_000_000)
        #expect(Set((0..<10).map { _ in source.random() }).count > 1)
    }

    @Test("Functions may be added and replaced")
    func adding() {
        let table = FunctionTable.standard().adding([
            TemplateFunction("twice(text)", 1...1) { (values) throws(FunctionError) in
                let text = try TemplateFunction.text(values[0])
                return TemplateValue(.string(text + text))
            }
        ])
        #expect(table["twice"]?.usage == "twice(text)")
        #expect(table["lower"] != nil && table["twiec"] == nil)
        let expected: Set = [
            "uuid", "now", "epoch", "random", "base64", "base64url", "url", "json", "lower", "upper", "trim", "int",
            "number",
            "raw", "split", "twice",
        ]
        #expect(Set(table.names) == expected)
    }
}

extension Double {
    fileprivate var json: JSONValue { JSONNumber(self).map { .number($0) } ?? .null }
}
