import Diagnostics
import JSON
import Templates
import Testing

@Suite("The grammar of placeholders")
struct GrammarTests {
    private static let bench = TemplateBench([
        "n": 5, "d": .number(JSONNumber("1.50") ?? JSONNumber(0)), "t": "text", "yes": true, "nothing": nil,
        "empty": "",
        "a-b": "dash", "_x": "under", "list": [1, "two", [3, ["deep": "found"]]], "secret.password": "dotted",
        "order": ["id": 7, "lines": [["sku": "A1"], ["sku": "B2"]], "0": "zero", "a-b": "c"], "truely": "name",
    ])

    @Test(
        "What stands in the braces, as JSON",
        arguments: [
            ("{{n}}", "5"), ("{{ n }}", "5"), ("{{\tn\n}}", "5"), ("{{d}}", "1.50"), ("{{t}}", "\"text\""),
            ("{{yes}}", "true"),
            ("{{nothing}}", "null"), ("{{a-b}}", "\"dash\""), ("{{_x}}", "\"under\""), ("{{truely}}", "\"name\""),
            ("{{list}}", #"[1,"two",[3,{"deep":"found"}]]"#), ("{{list[0]}}", "1"),
            ("{{list[2][1].deep}}", "\"found\""),
            ("{{order.id}}", "7"), ("{{order.lines[1].sku}}", "\"B2\""), ("{{order.0}}", "\"zero\""),
            ("{{order.a-b}}", "\"c\""),
            ("{{secret.password}}", "\"dotted\""), ("{{'text'}}", "\"text\""), ("{{''}}", "\"\""),
            ("{{'it''s'}}", "\"it's\""),
            ("{{''''}}", "\"'\""), ("{{'}}'}}", "\"}}\""), ("{{'{{'}}", "\"{{\""), ("{{'a}}b''}}c'}}", "\"a}}b'}}c\""),
            ("{{'é😀'}}", "\"é😀\""), ("{{12}}", "12"), ("{{-1.5e3}}", "-1.5e3"), ("{{true}}", "true"),
            ("{{false}}", "false"),
            ("{{null}}", "null"), ("{{ 1 ?? 2 }}", "1"), ("{{nope ?? 2}}", "2"), ("{{nothing ?? 'x'}}", "\"x\""),
            ("{{empty ?? 'x'}}", "\"\""), ("{{nope??nada??3}}", "3"), ("{{nope ?? null}}", "null"),
            ("{{order.nope ?? 'x'}}", "\"x\""), ("{{list[9] ?? 'x'}}", "\"x\""), ("{{t.x ?? 'x'}}", "\"x\""),
            ("{{lower('ABC')}}", "\"abc\""), ("{{upper(lower('AbC'))}}", "\"ABC\""),
            ("{{upper( t )}}", "\"TEXT\""), ("{{upper(nope ?? t)}}", "\"TEXT\""), ("{{upper(nope) ?? 'x'}}", "\"x\""),
            ("{{upper(nope ?? t) ?? 'x'}}", "\"TEXT\""), ("{{upper(nope ?? nada) ?? 'x'}}", "\"x\""),
            ("{{random(3,3)}}", "3"), ("{{random( 3 , 3 )}}", "3"),
        ])
    func evaluates(text: String, json: String) throws {
        #expect(try Self.bench.json(text) == json)
    }

    @Test(
        "Text around placeholders",
        arguments: [
            ("", ""), ("plain", "plain"), ("a {{n}} b", "a 5 b"), ("{{n}}{{t}}", "5text"), (" {{n}}", " 5"),
            ("{{n}} ", "5 "),
            ("{{d}}!", "1.50!"), ("{{yes}}!", "true!"), ("{{'{{'}}n}}", "{{n}}"), ("}}", "}}"),
            ("a }} b {{n}}", "a }} b 5"),
            ("{ {{n}} }", "{ 5 }"), ("{a}", "{a}"), ("{", "{"), ("a{", "a{"), ("{{n}}}", "5}"), ("{{n}}}}", "5}}"),
            ("é{{t}}😀", "étext😀"), ("{{json(list)}}.", #"[1,"two",[3,{"deep":"found"}]]."#), ("{{empty}}{{empty}}", ""),
        ])
    func text(text: String, expected: String) throws {
        #expect(try Self.bench.value(text).json == .string(expected))
    }

    @Test("A text without placeholders is known as such")
    func plain() throws {
        #expect(try TemplateBench.parse("a }} b").template.plain == "a }} b")
        #expect(try TemplateBench.parse("").template.plain == "")
        #expect(try TemplateBench.parse("a {{n}}").template.plain == nil)
        #expect(try TemplateBench.parse("{{'x'}}").template.plain == nil)
    }

    @Test(
        "Null, lists and objects do not stand inside text",
        arguments: [
            ("x{{nothing}}", "null cannot stand inside a text", "give it a default: {{ x ?? '' }}"),
            ("{{list}} ", "a list cannot stand inside a text", "make text of it: {{ json(x) }}"),
            ("{{n}}{{order}}", "an object cannot stand inside a text", "make text of it: {{ json(x) }}"),
        ])
    func notText(text: String, title: String, help: String) throws {
        let problem = try #require(throws: Diagnostic.self) { try Self.bench.value(text) }
        #expect(problem.code == "not-text" && problem.title == title && problem.help == help)
    }

    @Test("The names a template uses, with those that may be undefined")
    func names() throws {
        let template = try TemplateBench.parse("{{a.b[0]}} {{c ?? d}} {{upper(e ?? f) ?? g}} {{'x'}}").template
        #expect(template.names.map(\.path.text) == ["a.b[0]", "c", "d", "e", "f", "g"])
        #expect(template.names.map(\.isOptional) == [false, true, false, true, true, false])
        #expect(template.names.first?.path.prefixes == ["a", "a.b"])
    }

    @Test(
        "Names of variables",
        arguments: [
            ("a", true), ("_", true), ("a-b_9", true), ("Z", true), ("", false), ("9a", false), ("-a", false),
            ("a.b", false),
            ("a b", false), ("é", false), ("a[0]", false), ("{{a}}", false),
        ])
    func variableNames(text: String, isName: Bool) {
        #expect(isTemplateName(text) == isName)
    }

    /// The literal as it stands in the file, the offset of the first caret in it, how many, and the sentence.
    struct Fault: Sendable {
        let json: String, offset: Int, length: Int, title: String

        init(_ json: String, _ offset: Int, _ length: Int, _ title: String) {
            (self.json, self.offset, self.length, self.title) = (json, offset, length, title)
        }
    }

    @Test(
        "What is wrong in a placeholder has its place in the file",
        arguments: [
            Fault(#""{{n""#, 1, 2, "the placeholder is not closed"),
            Fault(#""abc {{n} def""#, 5, 2, "the placeholder is not closed"),
            Fault(#""{{n}} {{'x}}""#, 7, 2, "the placeholder is not closed"),
            Fault(#""{{}}""#, 3, 0, "a name, a function or a literal is missing here"),
            Fault(#""{{  }}""#, 5, 0, "a name, a function or a literal is missing here"),
            Fault(#""{{ {{n}} }}""#, 4, 1, "a name, a function or a literal is missing here"),
            Fault(#""{{ \"x\" }}""#, 4, 2, "texts stand in single quotes inside a placeholder"),
            Fault(#""{{a b}}""#, 5, 1, "expected the end of the placeholder"),
            Fault(#""{{lower ('x')}}""#, 9, 5, "expected the end of the placeholder"),
            Fault(#""{{a.}}""#, 4, 1, "a name must follow the dot"),
            Fault(#""{{a..b}}""#, 4, 1, "a name must follow the dot"),
            Fault(#""{{a.[0]}}""#, 4, 1, "a name must follow the dot"),
            Fault(#""{{a[x]}}""#, 4, 2, "a place in a list is written [0]"),
            Fault(#""{{a[-1]}}""#, 4, 2, "a place in a list is written [0]"),
            Fault(#""{{a[+1]}}""#, 4, 2, "a place in a list is written [0]"),
            Fault(#""{{a[]}}""#, 4, 2, "a place in a list is written [0]"),
            Fault(#""{{a[1}}""#, 4, 2, "a place in a list is written [0]"),
            Fault(#""{{a[99999999999999999999]}}""#, 4, 22, "a place in a list is written [0]"),
            Fault(#""{{a ??}}""#, 7, 0, "a name, a function or a literal is missing here"),
            Fault(#""{{?? a}}""#, 3, 1, "a name, a function or a literal is missing here"),
            Fault(#""{{a ? b}}""#, 5, 3, "expected the end of the placeholder"),
            Fault(#""{{f(}}""#, 5, 0, "a name, a function or a literal is missing here"),
            Fault(#""{{f(a}}""#, 4, 1, "this parenthesis is not closed"),
            Fault(#""{{f(a b)}}""#, 7, 1, "expected ',' or ')'"),
            Fault(#""{{f(a,)}}""#, 7, 1, "a name, a function or a literal is missing here"),
            Fault(#""{{url(a))}}""#, 9, 1, "expected the end of the placeholder"),
            Fault(#""{{01}}""#, 3, 2, "'01' is not a number"),
            Fault(#""{{-}}""#, 3, 1, "'-' is not a number"),
            Fault(#""{{1x}}""#, 3, 2, "'1x' is not a number"),
            Fault(#""{{true.x}}""#, 7, 2, "expected the end of the placeholder"),
            Fault(#""{{ä}}""#, 3, 1, "a name, a function or a literal is missing here"),
            // Behind escapes the decoded text and the file differ.
            Fault(#""\n\t{{a b}}""#, 9, 1, "expected the end of the placeholder"),
            Fault(#""\u00e9{{a b}}""#, 11, 1, "expected the end of the placeholder"),
            Fault(#""\ud83d\ude00{{a b}}""#, 17, 1, "expected the end of the placeholder"),
            Fault(#""é{{a b}}""#, 7, 1, "expected the end of the placeholder"),
            Fault(#""{{\u0061 b}}""#, 10, 1, "expected the end of the placeholder"),
            Fault(#""{{a \u0062}}""#, 5, 6, "expected the end of the placeholder"),
            Fault(#""\"{{n""#, 3, 2, "the placeholder is not closed"),
        ])
    func faults(_ fault: Fault) throws {
        let problem = try #require(try TemplateBench.parse(json: fault.json).problems.first)
        #expect(problem.code == "bad-placeholder")
        #expect(problem.title == fault.title)
        let range = try #require(problem.span).range
        #expect(range.lowerBound == fault.offset)
        #expect(range.count == fault.length)
    }

    @Test("All wrong placeholders of a text are told")
    func severalFaults() throws {
        #expect(try TemplateBench.parse("{{a b}} {{n}} {{1x}}").problems.count == 2)
    }

    @Test("An unclosed placeholder is explained")
    func unclosed() throws {
        #expect(try TemplateBench.parse("{{n").problems.first?.help == "add }}; a literal {{ is written {{'{{'}}")
        #expect(
            try TemplateBench.parse("{{ it's }}").problems.first?.help
                == "texts stand in single quotes: write 'text', and a quote in it twice")
    }

    @Test(
        "Nesting has an end",
        arguments: [
            String(repeating: "f(", count: 100_000), String(repeating: "a ?? ", count: 100_000) + "b",
            String(repeating: "lower(", count: 60) + "'x'" + String(repeating: ")", count: 60),
        ])
    func depth(inner: String) throws {
        #expect(try TemplateBench.parse("{{\(inner)}}").problems.map(\.title) == ["nested too deeply"])
    }

    @Test("Errors while evaluating stand under the name or the function, and help")
    func evaluationErrors() throws {
        func problem(_ text: String) throws -> Diagnostic? {
            #expect(throws: Diagnostic.self) { try Self.bench.value(text) }
        }
        let undefined = try problem("ab {{ ordr }}")
        #expect(undefined?.title == "'ordr' is not defined")
        #expect(undefined?.help == "did you mean 'order'?")
        #expect(undefined?.span?.range == 7..<11)
        #expect(
            try problem("{{zzzzzz}}")?.help
                == "define it under 'variables', with --var zzzzzz=…, or capture it in an earlier request")
        #expect(try problem("{{nope ?? nada}}")?.title == "'nada' is not defined")
        #expect(try problem("{{lower(nope)}}")?.title == "'nope' is not defined")
        #expect(try problem("{{order.nope}}")?.title == "'order.nope' is not defined")
        let function = try problem("{{ lowr('X') }}")
        #expect(function?.title == "there is no function 'lowr'")
        #expect(function?.help == "did you mean 'lower'?")
        #expect(function?.span?.range == 4..<8)
        #expect(try problem("{{zzzzzz(nope) ?? 1}}")?.title == "there is no function 'zzzzzz'")
    }
}
