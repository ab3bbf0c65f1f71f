import Diagnostics
import Testing

/// What is said of a name that no step gives there.
@Suite("Names of what steps give")
struct StepNameTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// In the body of the first step, the second one and the token request.
        var first = "x"
        var second = "x"
        var request = "x"
        var refresh = "x"
        let title: String
        let help: String
    }

    static let cases = [
        Case(
            testDescription: "a step that is taken later", first: "{{steps.b.sid}}",
            title: "'steps.b.sid' is not known here",
            help: "the step 'b' is taken after this one; it is the first"),
        Case(
            testDescription: "a step's own answer", second: "{{steps.b.sid}}", title: "'steps.b.sid' is not known here",
            help: "this is the step 'b' itself, its answer is not there yet"),
        Case(
            testDescription: "a value that the step does not give", request: "{{steps.a.sid}}",
            title: "'steps.a.sid' is not defined in this provider", help: "the step 'a' gives csrf, body, cookies"),
        Case(
            testDescription: "a step that is none", request: "{{steps.c.sid}}",
            title: "'steps.c.sid' is not defined in this provider",
            help: "the steps are 'a' gives csrf, body, cookies; 'b' gives sid, body, cookies"),
        Case(
            testDescription: "a renewal, which takes no step", refresh: "{{steps.b.sid}}",
            title: "'steps.b.sid' is not known here",
            help: "answers of steps are known to the steps after them and to the token request"),
        Case(
            testDescription: "a capture of a step by the name of one of the token answer",
            request: "{{captured.sid}}", title: "'captured.sid' is not defined in this provider",
            help: "the step 'b' captures it, not the token answer: steps.b.sid"),
    ]

    @Test("which step gives what, and when it is taken", arguments: cases)
    func names(_ wrong: Case) throws {
        let (provider, problems) = reading(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test",
              "auth": { "type": "token", "grant": "login",
                "steps": [
                  { "id": "a", "request": { "url": "https://api.acme.test/a", "body": { "x": "\#(wrong.first)" } },
                    "response": { "capture": { "csrf": "/csrf" } } },
                  { "id": "b", "request": { "url": "https://api.acme.test/b", "body": { "x": "\#(wrong.second)" } },
                    "response": { "capture": { "sid": "/sid" } } } ],
                "request": { "url": "https://api.acme.test/t", "body": { "x": "\#(wrong.request)" } },
                "refresh": { "request": { "body": { "r": "{{token.refresh}}", "x": "\#(wrong.refresh)" } } } } }
            """#)
        #expect(provider == nil)
        let problem = try #require(problems.first)
        #expect(problems.count == 1)
        #expect(problem.title == wrong.title)
        #expect(problem.help == wrong.help)
        let span = try #require(problem.span)
        #expect(
            String(decoding: span.file.bytes[span.range], as: UTF8.self) == String(wrong.title.split(separator: "'")[0])
        )
    }
}
