import Diagnostics
import JSON
import Secrets
import Templates
import Testing

@Suite("Scopes and secrets in templates")
struct ScopeTests {
    private static func scope(_ layers: [String: JSONValue]...) -> TemplateBench {
        var bench = TemplateBench()
        bench.layers = layers.map { $0.mapValues { TemplateValue($0) } }
        return bench
    }

    @Test("The last layer that knows a name wins")
    func lastWins() throws {
        let bench = Self.scope(["a": 1, "b": 1, "o": ["x": 1]], ["b": 2, "c": 2], ["c": 3, "o": ["y": 3]])
        #expect(try bench.json("{{json(a)}}{{b}}{{c}}") == #""123""#)
        #expect(try bench.json("{{o.y}}") == "3")
        // A layer hides the whole value, not parts of it.
        #expect(try bench.json("{{o.x ?? 'hidden'}}") == #""hidden""#)
        #expect(bench.scope.names == ["a", "b", "c", "o"])
        #expect(bench.scope["b"]?.json == 2 && bench.scope["z"] == nil)
        #expect(bench.scope.pushing(["a": TemplateValue(9)])["a"]?.json == 9)
        #expect(bench.scope["a"]?.json == 1)
    }

    @Test("Names with dots stand in a layer under their whole name")
    func dotted() throws {
        let bench = Self.scope(["token.value": "t", "identities.zarv.password": "p", "captured.order": ["id": 4]])
        #expect(try bench.json("{{token.value}}") == #""t""#)
        #expect(try bench.json("{{identities.zarv.password}}") == #""p""#)
        #expect(try bench.json("{{captured.order.id}}") == "4")
        #expect(try bench.json("{{token ?? 1}}") == "1")
        #expect(try bench.json("{{identities.zarv ?? 1}}") == "1")
        #expect(try bench.json("{{token.value.x ?? 1}}") == "1")
    }

    @Test("Between a dotted name and an object the later layer wins, and in one layer the longer name")
    func dottedAndObject() throws {
        #expect(try Self.scope(["a": ["b": 1]], ["a.b": 2]).json("{{a.b}}") == "2")
        #expect(try Self.scope(["a.b": 2], ["a": ["b": 1]]).json("{{a.b}}") == "1")
        #expect(try Self.scope(["a": ["b": 1], "a.b": 2]).json("{{a.b}}") == "2")
        #expect(try Self.scope(["a": ["b": 1]], ["a.b": 2]).json("{{a.c ?? 'none'}}") == #""none""#)
        #expect(try Self.scope(["a": ["b": 1, "c": 3]], ["a.b": 2]).json("{{a.c}}") == "3")
    }

    @Test(
        "What is made of a secret is a secret, and the redactor learns it",
        arguments: [
            "{{base64(pw)}}", "{{upper(pw)}}", "{{upper(base64(pw))}}", "{{base64url(lower(pw))}}", "{{url(pw)}}",
            "{{json(pw)}}",
            "{{nope ?? upper(pw)}}", "{{raw(upper(pw))}}",
        ])
    func derived(text: String) throws {
        var bench = TemplateBench()
        bench.addSecret("pw", "S3cret/Passwörd", hosts: ["api.test"])
        let value = try bench.value(text)
        #expect(value.taint == Taint(labels: ["pw"], hosts: HostList(["api.test"])))
        let made = try #require(value.json.string)
        #expect(bench.redactor.redact("<\(made)>") == "<«secret:pw»>")
    }

    @Test("Text, URLs and JSON with a secret in them are tainted; without one they are not")
    func containers() throws {
        var bench = TemplateBench(["plain": "x"])
        bench.addSecret("pw", "S3cretPassword")
        #expect(try bench.value("Basic {{pw}}").taint?.labels == ["pw"])
        #expect(try bench.value("{{plain}} x").taint == nil)
        #expect(try bench.value("{{plain ?? pw}}").taint == nil)
        #expect(try bench.value("{{base64(plain)}}").taint == nil)
        #expect(try bench.url("/o?q={{pw}}").taint?.labels == ["pw"])
        #expect(try bench.url("/o?q={{plain}}").taint == nil)
        let (tainted, clean) = (
            try json(#"{"a":[{"b":"x{{pw}}"}],"c":1}"#), try json(#"{"a":["{{plain}}"],"c":"{{plain}}"}"#)
        )
        #expect(try tainted.value(bench.scope).taint?.labels == ["pw"])
        #expect(try clean.value(bench.scope).taint == nil)
        #expect(try clean.value(bench.scope).json == ["a": ["x"], "c": "x"])
    }

    private func json(_ text: String) throws -> JSONTemplate {
        var context = ReadingContext(file: SourceFile(path: "t.json", text: text))
        let template = JSONTemplate(try JSONDocument.parse(text).root, &context)
        #expect(context.bag.isEmpty)
        return template
    }

    @Test("Two secrets together may go only where both may go")
    func joined() throws {
        var bench = TemplateBench()
        bench.addSecret("a", "aaaaaa-secret", hosts: ["x.test", "*.zarv.com"])
        bench.addSecret("b", "bbbbbb-secret", hosts: ["api.zarv.com", "y.test"])
        bench.addSecret("c", "cccccc-secret", hosts: ["y.test"])
        bench.addSecret("free", "dddddd-secret")
        #expect(try bench.value("{{a}}{{b}}").taint == Taint(labels: ["a", "b"], hosts: HostList(["api.zarv.com"])))
        #expect(try bench.value("{{a}}{{c}}").taint == Taint(labels: ["a", "c"], hosts: HostList()))
        #expect(try bench.value("{{a}}{{a}}").taint?.labels == ["a"])
        #expect(try bench.value("{{c}}{{free}}").taint == Taint(labels: ["c", "free"], hosts: HostList(["y.test"])))
        #expect(try bench.value("{{free}}!").taint == Taint(labels: ["free"], hosts: nil))
        #expect(Taint.join(nil, nil) == nil)
        #expect(try bench.value("{{a}}{{b}}").taint?.label == "a+b")
    }

    @Test(
        "A function that does not take a secret does not quote it",
        arguments: ["{{int(pw)}}", "{{number(upper(pw))}}", "{{now(pw)}}", "{{now('date', pw)}}"])
    func errorsWithoutValue(text: String) throws {
        var bench = TemplateBench()
        bench.addSecret("pw", "hunt2")
        let problem = try #require(throws: Diagnostic.self) { try bench.value(text) }
        #expect(problem.title.hasSuffix("does not take this value, which is secret and not shown"))
        #expect(!problem.description.lowercased().contains("hunt2"))
    }

    @Test("A tainted value prints as its mask")
    func printing() throws {
        var bench = TemplateBench()
        bench.addSecret("pw", "hunter2hunter2")
        let value = try bench.value("{{pw}}"), text = try bench.url("/x?{{pw}}")
        var dumped = ""
        dump((value, text), to: &dumped)
        for printed in ["\(value)", String(reflecting: value), "\(text)", String(reflecting: [text]), dumped] {
            #expect(printed.contains("«secret:pw»") && !printed.contains("hunter2"))
        }
        #expect("\(TemplateValue([1, "x"]))" == #"[1,"x"]"#)
    }

    @Test("JSON without placeholders is kept as a value")
    func constants() throws {
        #expect(try json(#"{"a":[1,"x",null,{"b":"}}"}]}"#).constant == ["a": [1, "x", nil, ["b": "}}"]]])
        #expect(try json(#"{"a":["{{x}}"]}"#).constant == nil)
        #expect(try json(#"{"a":["{{x}}",{"{{no}}":"{{y ?? z}}"}]}"#).names.map(\.path.text) == ["x", "y", "z"])
    }

    @Test("A placeholder in JSON keeps the type, its errors have their place")
    func typed() throws {
        let bench = TemplateBench(["n": 5, "o": ["x": nil]])
        #expect(
            try json(#"{"a":"{{n}}","b":"{{o}}","c":"n={{n}}","{{n}}":1}"#).value(bench.scope).json
                == ["a": 5, "b": ["x": nil], "c": "n=5", "{{n}}": 1])
        let template = try json(#"{"a":["{{nope}}"]}"#)
        let problem = try #require(throws: Diagnostic.self) { try template.value(bench.scope) }
        #expect(problem.span?.range == 9..<13)
    }
}
