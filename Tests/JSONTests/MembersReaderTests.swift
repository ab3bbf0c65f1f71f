import Diagnostics
import JSON
import Testing

@Suite("Reading the members of an object of ours")
struct MembersReaderTests {
    private static let table = MemberTable(
        "order",
        [
            MemberSpec("name", .text, required: true, "A stable name."),
            MemberSpec("amount", .integer), MemberSpec("open", .boolean), MemberSpec("tags", .texts),
            MemberSpec("kind", .word(["big", "small"])), MemberSpec("headers", .map(.oneOrSeveral)),
            MemberSpec("wait", .duration), MemberSpec("redirects", .either([.literal(false), .integer])),
            MemberSpec("body", .any), MemberSpec("sign", .any, availability: .later),
        ])

    private static func read(_ text: String, _ table: MemberTable = table) -> (reader: MemberReader?, text: String) {
        let file = SourceFile(path: "o.json", text: text)
        var context = ReadingContext(file: file)
        guard let root = JSONFile.read(file, into: &context.bag) else { return (nil, "not JSON") }
        let reader = MemberReader(root, table, &context)
        return (reader, context.bag.sorted.map(\.description).joined(separator: "\n"))
    }

    @Test("What fits is handed out, the members of every object included")
    func fits() throws {
        let (reader, problems) = Self.read(
            #"{"$schema":"s","$comment":[1],"description":"d","name":"n","amount":1.0,"open":false,"tags":["a"],"kind":"big","#
                + #""headers":{"a":1,"b":null,"c":["x",2]},"wait":"1s","redirects":false,"body":{"x":1}}"#)
        #expect(problems == "")
        let found = try #require(reader)
        #expect(found.text("name") == "n")
        #expect(found["amount"]?.number?.int == 1)
        #expect(found.nameNode("open")?.string == "open")
        #expect(found["missing"] == nil)
        #expect(found.others.isEmpty)
    }

    @Test("A placeholder may stand for a number or a boolean")
    func placeholders() {
        #expect(Self.read(#"{"name":"n","amount":"{{n}}","open":"{{flag}}","redirects":"{{n}}"}"#).text == "")
    }

    @Test("An unknown member, with the name that was meant")
    func unknown() {
        #expect(
            Self.read(#"{"name":"n", "amuont": 1}"#).text == """
                error: unknown member 'amuont' in an order
                 --> o.json:1:14
                  |
                1 | {"name":"n", "amuont": 1}
                  |              ^^^^^^^^
                   = help: did you mean 'amount'?
                """)
        #expect(
            Self.read(#"{"name":"n", "zzz": 1}"#).text == """
                error: unknown member 'zzz' in an order
                 --> o.json:1:14
                  |
                1 | {"name":"n", "zzz": 1}
                  |              ^^^^^
                   = help: an order has: amount, body, headers, kind, name, open, redirects, sign, tags, wait
                """)
    }

    @Test("A member that stands twice")
    func repeated() {
        #expect(
            Self.read("{\"name\":\"n\",\n \"name\":\"m\"}").text == """
                error: the member 'name' stands here twice
                 --> o.json:2:2
                  |
                2 |  "name":"m"}
                  |  ^^^^^^
                """)
    }

    @Test("A member that is missing, with what it is for")
    func missing() {
        #expect(
            Self.read(#"{"amount": 1}"#).text == """
                error: an order needs the member 'name'
                 --> o.json:1:1
                  |
                1 | {"amount": 1}
                  | ^ 'name' is missing
                   = help: A stable name.
                """)
    }

    @Test("A member of this format, but not of this version")
    func later() {
        #expect(
            Self.read(#"{"name":"n", "sign": {}}"#).text == """
                error: 'sign' is not supported yet
                 --> o.json:1:14
                  |
                1 | {"name":"n", "sign": {}}
                  |              ^^^^^^
                   = help: this version of usher refuses it rather than ignore it; remove the member
                """)
    }

    @Test("No object at all")
    func noObject() {
        let (reader, text) = Self.read("[1]")
        #expect(reader == nil)
        #expect(
            text == """
                error: an order is written as an object
                 --> o.json:1:1
                  |
                1 | [1]
                  | ^^^ this is a list
                """)
    }

    @Test(
        "A value of the wrong kind: what is wanted, with the carets under the culprit",
        arguments: [
            (#""name": 1"#, "'name' must be a text in double quotes", "1", "this is a number"),
            (#""name": null"#, "'name' must be a text in double quotes", "null", "this is null"),
            (#""amount": 1.5"#, "'amount' must be a whole number", "1.5", "this is a number"),
            (#""amount": "1""#, "'amount' must be a whole number", "\"1\"", "this is a text"),
            (#""open": "yes""#, "'open' must be true or false", "\"yes\"", "this is a text"),
            (#""tags": "a""#, "'tags' must be a list of texts", "\"a\"", "this is a text"),
            (#""tags": ["a", 2, 3]"#, "'tags' must be a text in double quotes", "2", "this is a number"),
            (#""kind": "huge""#, "'kind' must be \"big\" or \"small\"", "\"huge\"", "allowed: big, small"),
            (
                #""headers": {"a": {}}"#,
                "'a' must be a text in double quotes, a number, true or false, null or a list of any values",
                "{}",
                "this is an object"
            ),
            (
                #""headers": []"#,
                "'headers' must be an object whose values are texts, numbers, booleans, null or lists", "[]",
                "this is a list"
            ),
            (
                #""wait": 10"#, "'wait' must be a duration such as \"250ms\", \"10s\", \"5m\" or \"1h\"", "10",
                "this is a number"
            ),
            (#""redirects": true"#, "'redirects' must be false or a whole number", "true", "this is a boolean"),
        ])
    func wrongKind(member: String, title: String, culprit: String, kind: String) throws {
        let (reader, text) = Self.read("{\(member), \"name\": \"n\"}")
        let lines = text.split(separator: "\n")
        #expect(lines.first.map(String.init) == "error: \(title)")
        let carets = String(repeating: "^", count: culprit.count)
        #expect(lines.count >= 5 && lines[4].hasSuffix(" \(carets) \(kind)"))
        let name = try #require(member.split(separator: "\"").first)
        if name != "name" { #expect(try #require(reader)[String(name)] == nil) }
    }

    @Test("A table with free names hands them out apart")
    func others() throws {
        let table = MemberTable("mixture", others: .integer, [MemberSpec("name", .text)])
        let (reader, text) = Self.read(#"{"name":"n","$comment":1,"a":1,"b":2}"#, table)
        #expect(text == "")
        #expect(try #require(reader).others.map(\.name) == ["a", "b"])
        let wrong = Self.read(#"{"a":"x"}"#, table)
        #expect(wrong.text.hasPrefix("error: 'a' must be a whole number\n"))
        #expect(try #require(wrong.reader).others.isEmpty)
    }

    @Test("All problems of an object are told at once")
    func all() {
        let text = Self.read(#"{"amount":"x","nmae":1,"sign":1,"open":false,"open":true}"#).text
        let titles = text.split(separator: "\n").filter { $0.hasPrefix("error") }.map(String.init)
        #expect(
            titles == [
                "error: 'amount' must be a whole number",
                "error: unknown member 'nmae' in an order", "error: 'sign' is not supported yet",
                "error: the member 'open' stands here twice",
            ])
    }
}
