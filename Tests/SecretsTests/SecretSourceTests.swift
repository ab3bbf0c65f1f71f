import Diagnostics
import JSON
import Secrets
import TestSupport
import Testing

@Suite("Where secrets come from")
struct SecretSourceTests {
    private static let files: [String: [UInt8]] = [
        "env/pw.txt": Array("hunter2\n".utf8), "env/crlf.txt": Array("hunter2\r\n".utf8),
        "env/two.txt": Array("a\n\n".utf8),
        "env/empty.txt": [], "env/newline.txt": [0x0A], "env/binary": [0x61, 0xFF, 0x00],
        "env/c.json": Array(#"{"a":{"b":"deep"},"n":12345678901234567890,"o":{},"e":""}"#.utf8),
        "/abs/pw": Array("absolute".utf8),
    ]
    private static let world = SecretWorld(
        variables: ["PW": "hunter2", "EMPTY": "", "SPACE": " x "],
        readFile: { path in
            files[path].map { .success($0) } ?? .failure(OutputError("cannot read \(path): No such file or directory"))
        })

    static func read(
        _ text: String, name: String = "password"
    ) -> (binding: SecretBinding?, problems: [Diagnostic]) {
        let file = SourceFile(path: "env/live.json", text: text)
        var context = ReadingContext(file: file)
        let binding = JSONFile.read(file, into: &context.bag).flatMap { SecretBinding($0, name: name, &context) }
        return (binding, context.bag.sorted)
    }

    @Test(
        "Each form gives its value",
        arguments: [
            (#"{"env":"PW"}"#, "hunter2"), (#"{"env":"SPACE"}"#, " x "), (#"{"file":"pw.txt"}"#, "hunter2"),
            (#"{"file":"crlf.txt"}"#, "hunter2"), (#"{"file":"two.txt"}"#, "a\n"),
            (#"{"file":"pw.txt","trim":false}"#, "hunter2\n"),
            (#"{"file":"pw.txt","trim":true}"#, "hunter2"), (#"{"file":"/abs/pw"}"#, "absolute"),
            (#"{"file":"c.json","pointer":"/a/b"}"#, "deep"),
            (#"{"file":"c.json","pointer":"/n"}"#, "12345678901234567890"),
            (#"{"insecureLiteral":"demo"}"#, "demo"), (#"{"env":"PW","$comment":"x","description":"y"}"#, "hunter2"),
        ])
    func values(text: String, value: String) async throws {
        let (binding, problems) = Self.read(text)
        #expect(problems.isEmpty)
        #expect(try await #require(binding).source.read(in: Self.world) == value)
    }

    @Test(
        "A secret that is not to be had: why, and never a part of what was read",
        arguments: [
            (#"{"env":"NOPE"}"#, "the environment variable NOPE is not set"),
            (#"{"env":"EMPTY"}"#, "the environment variable EMPTY is empty"),
            (#"{"file":"nope"}"#, "cannot read env/nope: No such file or directory"),
            (#"{"file":"empty.txt"}"#, "the file env/empty.txt is empty"),
            (#"{"file":"newline.txt"}"#, "the file env/newline.txt is empty"),
            (#"{"file":"binary"}"#, "the file env/binary is not UTF-8 text"),
            (#"{"file":"pw.txt","pointer":"/a"}"#, "the file env/pw.txt is not JSON"),
            (#"{"file":"c.json","pointer":"/x"}"#, "the file env/c.json holds nothing at /x"),
            (#"{"file":"c.json","pointer":"/o"}"#, "the file env/c.json holds an object at /o, not a text"),
            (#"{"file":"c.json","pointer":"/e"}"#, "the file env/c.json holds an empty text at /e"),
            (#"{"insecureLiteral":""}"#, "the literal in the environment file is empty"),
            (#"{"pointer":"/x"}"#, "the place /x in 'from' needs a member 'from' beside 'secrets'"),
        ])
    func failures(text: String, message: String) async throws {
        let source = try #require(Self.read(text).binding).source
        let error = await #expect(throws: SecretError.self) { try await source.read(in: Self.world) }
        #expect(error?.description == message)
    }

    @Test(
        "Bindings that are wrong",
        arguments: [
            (
                #"{}"#, "no-secret-source", "this binding names no source",
                "use one of: env, file, dotenv, command, keyring, ciOidc, prompt, fd, pointer, any, insecureLiteral"
            ),
            (
                #"{"trim":true}"#, "no-secret-source", "this binding names no source",
                "use one of: env, file, dotenv, command, keyring, ciOidc, prompt, fd, pointer, any, insecureLiteral"
            ),
            (
                #"{"env":"A","file":"b"}"#, "two-secret-sources", "this binding names several sources: env, file",
                "keep one"
            ),
            (#"{"env":"A","pointer":"/x"}"#, "stray-member", "'pointer' does not go with 'env'", "'env' takes: env"),
            (
                #"{"insecureLiteral":"A","trim":true}"#, "stray-member", "'trim' does not go with 'insecureLiteral'",
                "'insecureLiteral' takes: insecureLiteral"
            ),
            (#"{"enw":"A"}"#, "unknown-member", "unknown member 'enw' in a secret binding", "did you mean 'env'?"),
            (#"{"File":"A"}"#, "unknown-member", "unknown member 'File' in a secret binding", "did you mean 'file'?"),
            (#"{"env":5}"#, "wrong-kind", "'env' must be a text in double quotes", nil),
            (
                #"{"file":"x","pointer":"a/b"}"#, "bad-pointer", "'a/b' is not a JSON Pointer",
                #"it is empty or starts with '/', as in "/credentials/clientId""#
            ),
            (#"[1]"#, "wrong-kind", "a secret binding is written as an object", nil),
        ] as [(String, String, String, String?)])
    func wrongBindings(text: String, code: String, title: String, help: String?) {
        let problems = Self.read(text).problems
        #expect(problems.map(\.code) == [code])
        #expect(problems.first?.title == title)
        #expect(problems.first?.help == help)
    }

    @Test(
        "Members that a form needs, and values it cannot take",
        arguments: [
            (#"{"dotenv":".env"}"#, "missing-member", "'dotenv' needs the member 'name'"),
            (#"{"command":[]}"#, "empty-command", "'command' names no program"),
            (#"{"command":[""]}"#, "empty-command", "'command' names no program"),
            (#"{"command":"op read x"}"#, "wrong-kind", "'command' must be a list of texts"),
            (
                #"{"command":["x"],"timeout":"soon"}"#, "wrong-kind",
                #"'timeout' must be a duration such as "250ms", "10s", "5m" or "1h""#
            ),
            (#"{"command":["x"],"pointer":"a"}"#, "bad-pointer", "'a' is not a JSON Pointer"),
            (#"{"command":["x"],"name":"a"}"#, "stray-member", "'name' does not go with 'command'"),
            (#"{"fd":1}"#, "bad-descriptor", "'fd' must be 0 or a number from 3 to 1023"),
            (#"{"fd":99999999999999999999}"#, "bad-descriptor", "'fd' must be 0 or a number from 3 to 1023"),
            (#"{"keyring":{"service":"a"}}"#, "missing-member", "a keyring needs the member 'account'"),
            (#"{"ciOidc":{}}"#, "missing-member", "a ciOidc needs the member 'audience'"),
            (#"{"any":[]}"#, "no-secret-source", "'any' holds no binding"),
            (#"{"any":[{"enw":"A"}]}"#, "unknown-member", "unknown member 'enw' in a secret binding"),
        ])
    func misshapen(text: String, code: String, title: String) {
        let problems = Self.read(text).problems
        #expect(problems.map(\.code) == [code])
        #expect(problems.first?.title == title)
    }

    @Test("A text in clear is refused with the binding to write, and is not shown")
    func literal() {
        let problems = Self.read(#""hunter2-hunter2""#, name: "clientSecret").problems
        #expect(
            problems.map(\.description) == [
                """
                error: the secret 'clientSecret' stands here in clear
                 --> env/live.json:1:1
                  |
                1 | "•••"
                  | ^^^^^
                   = help: bind it: { "env": "CLIENT_SECRET" }, or { "insecureLiteral": … } for a demo
                """
            ])
    }

    @Test(
        "Nothing that may be a secret is shown in an excerpt",
        arguments: [
            #""hunter2""#, #"["hunter2"]"#, #"{"value":"hunter2"}"#, #"{"secret":{"text":"hunter2"}}"#,
            #"{"insecureLiteral":"hunter2","env":"A"}"#, #"{"insecureLiteral":"hunter2","trm":1}"#,
            #"{"insecureLiteral":["hunter2"]}"#, #"{"any":[{"insecureLiteral":"hunter2"},{"enw":"A"}]}"#,
            #"{"any":["hunter2"]}"#, #"{"any":[{"any":["hunter2"]}]}"#,
        ])
    func hidden(text: String) {
        let problems = Self.read(text).problems
        #expect(!problems.isEmpty)
        for problem in problems { #expect(!problem.description.contains("hunter2")) }
    }

    @Test(
        "The suggested variable",
        arguments: [
            ("clientSecret", "CLIENT_SECRET"), ("api-key", "API_KEY"), ("APIKey", "APIKEY"), ("pin2Code", "PIN2_CODE"),
        ])
    func variable(name: String, variable: String) {
        #expect(Self.read(#""hunter2""#, name: name).problems.first?.help?.contains("\"\(variable)\"") == true)
    }

    @Test("A number in clear is not shown either")
    func numberInClear() {
        let problems = Self.read("80154711").problems
        #expect(problems.map(\.code) == ["wrong-kind"])
        #expect(problems.allSatisfy { !$0.description.contains("80154711") })
    }
}
