import Diagnostics
import Expectations
import HTTP
import JSON
import Secrets
import Templates
import Testing

@Suite("Captures")
struct CaptureTests {
    private func capture(_ text: String) throws -> Capture {
        let (made, problems) = try reading(text) { Capture(name: "it", $0, &$1) }
        #expect(problems.isEmpty, "\(problems)")
        return try #require(made)
    }

    private func outcome(_ text: String, _ answer: Answer, _ scope: Scope = scope()) throws -> Capture.Outcome {
        var answer = answer
        return try capture(text).value(from: &answer, in: scope, judging)
    }

    private let headers: HeaderFields = [
        HeaderField("Location", "/v1/items/7"), HeaderField("Vary", "a"), HeaderField("Vary", "b"),
    ]
    private let body = #"{"items": [{"id": 7, "none": null}], "token": "abc"}"#

    private static let found: [(text: String, value: JSONValue)] = [
        (#"{"json": "$.items[0].id"}"#, JSONValue.number(JSONNumber(7))),
        (#"{"json": "$.items[0].none"}"#, JSONValue.null),
        (#"{"json": "$.items[0]"}"#, ["id": 7, "none": .null]), (#"{"json": "$.items[{{n}}].id"}"#, 7),
        (#"{"header": "vary"}"#, "a, b"),
        (#"{"regex": "\"tok(en)\": \"([a-z]+)"}"#, "en"), (#"{"status": true}"#, 200),
        (#"{"url": true}"#, "https://api.zarv.test/v1/items?page=2"),
        (#"{"json": "$.x", "default": [1, "{{n}}"]}"#, [1, 0]), (#"{"header": "X", "default": null}"#, .null),
        (#"{"regex": "(x)|token", "default": "none"}"#, "none"),
        (#"{"json": "$.items[0].none", "default": 1}"#, .null),
    ]

    @Test("a value is taken from where the capture says", arguments: found)
    func sources(text: String, expected: JSONValue) throws {
        let outcome = try outcome(text, try answer(body, headers: headers), scope(["n": 0]))
        guard case .value(let value) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(value.json == expected && value.taint == nil)
    }

    @Test(
        "what is not found is a mismatch without a default",
        arguments: [
            (#"{"json": "$.x"}"#, "capture it: expected a value at $.x, got nothing of the kind"),
            (#"{"header": "X"}"#, "capture it: expected a header X, got nothing of the kind"),
            (#"{"regex": "id=(x)"}"#, "capture it: expected a text that matches id=(x), got nothing of the kind"),
        ])
    func missing(text: String, sentence: String) throws {
        guard case .missing(let mismatch) = try outcome(text, try answer(body)) else {
            Issue.record("found")
            return
        }
        #expect(mismatch.sentence == sentence)
        #expect(mismatch.span.range == 0..<text.utf8.count)
    }

    @Test("a body that is no JSON is said so, and takes the default where there is one")
    func notJSON() throws {
        guard case .missing(let mismatch) = try outcome(#"{"json": "$.x"}"#, try answer("no")) else {
            Issue.record("found")
            return
        }
        #expect(mismatch.sentence.hasPrefix("body: expected JSON, got no ("), "\(mismatch.sentence)")
        guard case .value(let value) = try outcome(#"{"json": "$.x", "default": 3}"#, try answer("no")) else {
            Issue.record("missing")
            return
        }
        #expect(value.json == 3)
    }

    @Test("a secret is bound to the host it came from, its default too")
    func secret() throws {
        let texts = [#"{"json": "$.token", "secret": true}"#, #"{"json": "$.x", "secret": true, "default": "d"}"#]
        for text in texts {
            guard case .value(let value) = try outcome(text, try answer(body)) else {
                Issue.record("missing")
                return
            }
            #expect(value.taint == Taint(labels: ["it"], hosts: HostList(["api.zarv.test"])))
        }
    }

    @Test("the host of a secret keeps a port of its own")
    func port() throws {
        let url = try HTTPURL(parsing: "http://127.0.0.1:8080/")
        var answer = Answer(HTTPResponse(status: 200), url: url, duration: .zero)
        guard
            case .value(let value) = try capture(#"{"status": true, "secret": true}"#).value(
                from: &answer, in: scope(), judging)
        else {
            Issue.record("missing")
            return
        }
        #expect(value.taint?.hosts == HostList(["127.0.0.1:8080"]))
    }

    @Test(
        "tells beforehand how much of the body it looks at",
        arguments: [
            (#"{"json": "$.x"}"#, BodyNeed.bytes), (#"{"regex": "(x)"}"#, .bytes), (#"{"text": true}"#, .bytes),
            (#"{"header": "X"}"#, .none), (#"{"status": true}"#, .none), (#"{"url": true}"#, .none),
        ])
    func need(text: String, need: BodyNeed) throws {
        #expect(try capture(text).bodyNeed == need)
    }
}
