import JSON
import Secrets
import Testing

@Suite(".env files")
struct DotenvTests {
    private static func value(of line: String, _ variables: [String: String] = [:]) async throws(SecretError) -> String
    {
        let world = SecretWorld(variables: variables) { path in
            path == "env/.env"
                ? .success(Array("# one\n\n\(line)\nOTHER=x\n".utf8)) : .failure(OutputError("no \(path)"))
        }
        guard let binding = SecretSourceTests.read(#"{"dotenv":".env","name":"PW"}"#).binding else { return "" }
        return try await binding.source.read(in: world)
    }

    @Test(
        "What a line says",
        arguments: [
            ("PW=hunter2", "hunter2"), ("export PW=hunter2", "hunter2"), ("  PW=  a b  ", "a b"),
            ("PW=a#b # comment", "a#b"), ("PW='a $b \\ \" # x' # comment", "a $b \\ \" # x"),
            (#"PW="a \"b\" \\ \n\$c""#, "a \"b\" \\ \n$c"), ("PW=a=b==", "a=b=="), ("PW=cost$5", "cost$5"),
            ("PW=h\u{E9}\u{1F600}", "h\u{E9}\u{1F600}"), ("PW=hunter2\r", "hunter2"),
        ])
    func values(line: String, value: String) async throws {
        #expect(try await Self.value(of: line) == value)
    }

    @Test(
        "What is refused, with its line and without what stands there",
        arguments: [
            ("PW", "line 3 of env/.env is not NAME=value"),
            ("PW hunter2=x", "line 3 of env/.env does not begin with a name and '='"),
            ("1PW=hunter2", "line 3 of env/.env does not begin with a name and '='"),
            (
                "PW=hun'ter2",
                "line 3 of env/.env holds quotes or a backslash in a bare value; put the value in single quotes"
            ),
            ("PW=${hunter2}", "line 3 of env/.env holds '$', which some tools expand; put the value in single quotes"),
            (
                "PW=\"$hunter2\"",
                "line 3 of env/.env holds '$', which some tools expand; put the value in single quotes"
            ),
            ("PW='hunter2", "line 3 of env/.env has no closing single quote"),
            ("PW=\"hunter2", "line 3 of env/.env has no closing double quote"),
            ("PW=\"hunter2\\q\"", "line 3 of env/.env holds an unknown escape; put the value in single quotes"),
            ("PW='a'hunter2", "line 3 of env/.env goes on behind the closing quote"),
            ("PW=a\nPW=hunter2", "line 4 of env/.env names PW a second time"),
            ("QW=hunter2", "the variable PW of env/.env is not there, and the environment variable PW is not set"),
            ("PW=", "the variable PW of env/.env is empty"),
        ])
    func refusals(line: String, message: String) async {
        let error = await #expect(throws: SecretError.self) { try await Self.value(of: line) }
        #expect(error?.description == message)
    }

    @Test("The real environment wins; an empty variable does not count")
    func environmentWins() async throws {
        #expect(try await Self.value(of: "PW=file", ["PW": "real"]) == "real")
        #expect(try await Self.value(of: "PW=file", ["PW": ""]) == "file")
    }
}
