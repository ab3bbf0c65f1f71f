import Diagnostics
import Expectations
import HTTP
import JSON
import Secrets
import Templates
import Testing

@Suite("Expectations")
struct ExpectationTests {
    @Test(
        "status is a number, a class, a list, or all but these; 2xx where it is not named",
        arguments: [
            ("{}", 204, true), ("{}", 301, false), (#"{"status": 201}"#, 201, true), (#"{"status": 201}"#, 200, false),
            (#"{"status": "4xx"}"#, 404, true), (#"{"status": "4xx"}"#, 500, false),
            (#"{"status": [204, "4xx"]}"#, 404, true),
            (#"{"status": [204, "4xx"]}"#, 200, false), (#"{"status": {"not": 404}}"#, 500, true),
            (#"{"status": {"not": ["5xx", 404]}}"#, 503, false),
            (#"{"status": "{{csv}}"}"#, 201, true), (#"{"status": "{{list}}"}"#, 204, true),
            (#"{"status": ["{{csv}}", "{{class}}"]}"#, 503, true),
        ])
    func status(text: String, status: Int, isMet: Bool) throws {
        let variables: [String: JSONValue] = ["csv": "201", "list": [204, "201"], "class": "5xx"]
        #expect(try mismatches(text, try answer(status: status), scope(variables)).isEmpty == isMet)
    }

    @Test(
        "what does not hold is told in one line",
        arguments: [
            (#"{"status": 201}"#, "status: expected 201, got 200"),
            (#"{"status": ["4xx", 500]}"#, "status: expected 4xx or 500, got 200"),
            (#"{"status": {"not": "2xx"}}"#, "status: expected any status but 2xx, got 200"),
            (#"{"json": {"$.n": 6}}"#, "$.n: expected 6, got 5"),
            (#"{"json": {"$.n": {"not": 5}}}"#, "$.n: expected not 5, got 5"),
            (#"{"json": {"$.n": "5"}}"#, #"$.n: expected "5", got 5"#),
            (#"{"json": {"$.x": 5}}"#, "$.x: expected 5, got no value"),
            (#"{"json": {"$.x": {"not": 5}}}"#, "$.x: expected not 5, got no value"),
            (#"{"json": {"$.n": {"exists": false}}}"#, "$.n: expected no value, got 5"),
            (#"{"json": {"$.s": {"above": 4}}}"#, #"$.s: expected above 4, got "abc", which is not a number"#),
            (
                #"{"json": {"$.s": {"not": {"above": 4}}}}"#,
                #"$.s: expected not above 4, got "abc", which is not a number"#
            ),
            (#"{"json": {"$.n": {"atLeast": 6}}}"#, "$.n: expected at least 6, got 5"),
            (#"{"json": {"$.n": {"type": "string", "above": 9}}}"#, "$.n: expected a text, got 5"),
            (#"{"json": {"$.n": {"anyOf": [1, {"below": 3}]}}}"#, "$.n: expected 1 or below 3, got 5"),
            (#"{"json": {"$.n": {"in": [1, 2, "x"]}}}"#, #"$.n: expected one of 1, 2 or "x", got 5"#),
            (#"{"json": {"$.s": {"startsWith": "x"}}}"#, #"$.s: expected a text that starts with "x", got "abc""#),
            (#"{"json": {"$.s": {"endsWith": "x"}}}"#, #"$.s: expected a text that ends with "x", got "abc""#),
            (#"{"json": {"$.s": {"matches": "^ord_"}}}"#, #"$.s: expected a text that matches ^ord_, got "abc""#),
            (
                #"{"json": {"$.s": {"length": {"above": 3}}}}"#,
                #"$.s: expected a text of length above 3, got "abc" of length 3"#
            ),
            (#"{"json": {"$.s": {"ignoreCase": "ABD"}}}"#, #"$.s: expected "ABD" in upper or lower case, got "abc""#),
            (#"{"json": {"$.s": {"contains": "x"}}}"#, #"$.s: expected something that contains "x", got "abc""#),
            (
                #"{"json": {"$.items": {"count": {"atLeast": 3}}}}"#,
                "$.items: expected at least 3 elements, got 2 elements"
            ),
            (#"{"json": {"$.items": {"count": 1}}}"#, "$.items: expected 1 element, got 2 elements"),
            (#"{"json": {"$.n": {"count": 1}}}"#, "$.n: expected an array of 1 element, got 5"),
            (#"{"json": {"$.items[*].id": {"each": {"below": 2}}}}"#, "$.items[*].id[1]: expected below 2, got 2"),
            (
                #"{"json": {"$.none[*]": {"each": 1}}}"#,
                "$.none[*]: expected an array of which each element is 1, got an empty array"
            ),
            (
                #"{"json": {"$.items[*].id": {"some": 3}}}"#,
                "$.items[*].id: expected an array of which some element is 3, got [1,2]"
            ),
            (
                #"{"json": {"$.items[*].id": {"sameItems": [2, 3]}}}"#,
                "$.items[*].id: expected [2,3] in any order, got [1,2]"
            ),
            (#"{"json": {"$.none[*]": {"exists": true}}}"#, "$.none[*]: expected a value, got []"),
            (#"{"json": {"$.items[0]": 1}}"#, #"$.items[0]: expected 1, got {"id": 1}"#),
            (
                #"{"text": {"contains": "zzz"}}"#,
                #"text: expected something that contains "zzz", got "{\"n\": 5, \"s\": \"abc\",\n  \"items\": [{\"id\": 1},\n  {\"id\": 2}]}""#
            ),
            (#"{"duration": {"below": "100ms"}}"#, "duration: expected below 100ms, got 120 ms"),
            (#"{"body": {"size": {"below": 9}}}"#, "body size: expected below 9, got 57"),
            (#"{"body": {"sha256": "00"}}"#, #"body sha256: expected "00", got "digest-of-57""#),
        ])
    func sentences(text: String, sentence: String) throws {
        let body = "{\"n\": 5, \"s\": \"abc\",\n  \"items\": [{\"id\": 1},\n  {\"id\": 2}]}"
        #expect(try mismatches(text, try answer(body)) == [sentence])
    }

    @Test("the place of a mismatch is the innermost predicate")
    func places() throws {
        let text =
            #"{"json": {"$.a": {"count": {"above": 1}}, "$.b": {"each": {"type": "string", "not": "x"}}, "$.c": 3}}"#
        var answer = try answer(#"{"a": [], "b": ["x"], "c": 4}"#)
        let found = try expectation(text).resolved(in: scope()).mismatches(&answer, judging)
        let marked = found.map { String(decoding: $0.span.file.bytes[$0.span.range], as: UTF8.self) }
        #expect(marked == [#""above": 1"#, #""not": "x""#, "3"])
    }

    @Test("all that does not hold is told, in a fixed order")
    func several() throws {
        let text = #"{"json": {"$.a": 1, "$.b": 2}, "headers": {"X-A": "1"}, "status": 201, "text": "x"}"#
        #expect(
            try mismatches(text, try answer("{}")) == [
                "status: expected 201, got 200", #"header X-A: expected "1", got no value"#,
                #"text: expected "x", got "{}""#,
                "$.a: expected 1, got no value", "$.b: expected 2, got no value",
            ])
    }

    @Test("a body that is no JSON is one mismatch with its place")
    func notJSON() throws {
        let text = #"{"json": {"$.a": 1, "$.b": 2}}"#
        #expect(
            try mismatches(text, try answer("<html>\n<p>no</p>")) == [
                "body: expected JSON, got <html> <p>no</p> (expected a value, found '<', line 1 column 1)"
            ])
        #expect(try mismatches(text, try answer("")) == ["body: expected JSON, got an empty body"])
        let found = try mismatches(text, try answer("{\"a\": 1,\n \"b\": 2,}"))
        #expect(found.map { $0.hasSuffix("line 2 column 8)") } == [true], "\(found)")
    }

    @Test("values are shown on one line, cut, and without control characters")
    func excerpts() throws {
        let long = String(repeating: "x", count: 500)
        let found = try mismatches(
            #"{"json": {"$.a": 1, "$.b": 1}}"#, try answer(#"{"a": "\#(long)", "b": "\#u{202E}\#u{9B}31m"}"#))
        #expect(
            found == [
                "$.a: expected 1, got \"" + String(repeating: "x", count: 199) + "…",
                "$.b: expected 1, got \"\u{FFFD}\u{FFFD}31m\"",
            ])
    }

    @Test("secrets the expectation compares with show as masks")
    func secrets() throws {
        let layer: Scope.Layer = ["key": TemplateValue(Secret("hunter2", label: "zarv.key"), hosts: nil)]
        let scope = Scope([layer], functions: .standard())
        let text =
            #"{"json": {"$.a": "{{key}}", "$.b": {"contains": "{{key}}"}, "$[{{key}}]": 1}, "headers": {"X": {"startsWith": "{{key}}"}}}"#
        let found = try mismatches(text, try answer(#"{"a": 1, "b": ""}"#), scope).joined(separator: "\n")
        #expect(!found.contains("hunter2"))
        #expect(found.contains("$.a: expected «secret:zarv.key», got 1"))
        #expect(found.contains("$[{{key}}]: expected 1, got no value"))
    }

    @Test("a secret in an answer is masked before the value is cut")
    func masked() throws {
        let token = String(repeating: "tok-", count: 1000)
        let redactor = Redactor()
        redactor.register(token, label: "zarv.token")
        let context = JudgingContext(digests: judging.digests, redactor: redactor)
        let headers: HeaderFields = [HeaderField("X-Token", "t " + token)]
        let text = #"{"json": {"$.a": {"above": 1}, "$[*]": 1}, "text": "x", "headers": {"X-Token": "x"}}"#
        for body in [#"{"a": "\#(token)"}"#, "not json " + token, token] {
            let found = try mismatches(text, try answer(body, headers: headers), scope(), context).joined(
                separator: "\n")
            #expect(!found.contains("tok-") && found.contains("«secret:zarv.token»"), "\(found)")
        }
    }

    @Test("values can be hidden, for answers that hold tokens")
    func hidden() throws {
        let context = JudgingContext(digests: judging.digests, redactor: nil, hidesValues: true)
        let text = #"{"json": {"$.access_token": {"type": "integer"}}}"#
        #expect(
            try mismatches(text, try answer(#"{"access_token": "ey.secret"}"#), scope(), context) == [
                "$.access_token: expected a whole number, got a text"
            ])
        #expect(
            try mismatches(text, try answer("eytoken.secret"), scope(), context) == [
                "body: expected JSON, got a body of 14 bytes"
            ])
    }

    @Test(
        "headers are joined, seen as lines, or as a media type",
        arguments: [
            (#"{"content-type": {"mediaType": "application/json"}}"#, true),
            (#"{"Content-Type": {"mediaType": "text/html"}}"#, false),
            (#"{"Content-Type": {"not": {"mediaType": "text/html"}}}"#, true),
            (#"{"Content-Type": "Application/JSON ; charset=utf-8"}"#, true),
            (#"{"Content-Type": {"mediaType": "application/json", "endsWith": "utf-8"}}"#, true),
            (#"{"X-Two": "a, b"}"#, true),
            (#"{"X-Two": {"lines": ["a", "b"]}}"#, true),
            (#"{"X-Two": {"lines": {"count": 2, "contains": "b"}}}"#, true),
            (#"{"X-Two": {"lines": {"each": {"length": 1}}}}"#, true), (#"{"X-Two": {"lines": ["a"]}}"#, false),
            (#"{"X-None": {"exists": false}}"#, true), (#"{"X-None": {"not": "a"}}"#, false),
            (#"{"X-None": {"lines": []}}"#, false),
            (#"{"X-None": {"not": {"mediaType": "text/html"}}}"#, false), (#"{"X-Two": {"type": "string"}}"#, true),
            (#"{"X-Count": 5}"#, false), (#"{"X-Count": "5"}"#, true),
        ])
    func headers(text: String, isMet: Bool) throws {
        let headers: HeaderFields = [
            HeaderField("Content-Type", "Application/JSON ; charset=utf-8"), HeaderField("X-Two", "a"),
            HeaderField("x-two", "b"), HeaderField("X-Count", "5"),
        ]
        #expect(try mismatches(#"{"headers": \#(text)}"#, try answer(headers: headers)).isEmpty == isMet)
    }

    @Test(
        "a challenge is looked for by scheme and parameter",
        arguments: [
            (#"{"Bearer": {}}"#, []), (#"{"bearer": {"ERROR": "invalid_token"}}"#, []),
            (#"{"Bearer": {"scope": {"exists": false}}}"#, []),
            (#"{"Bearer": {"realm": "two"}}"#, []),
            (
                #"{"Bearer": {"error": "insufficient_scope"}}"#,
                [#"challenge Bearer error: expected "insufficient_scope", got "invalid_token""#]
            ),
            (#"{"Bearer": {"scope": {"not": "x"}}}"#, [#"challenge Bearer scope: expected not "x", got no value"#]),
            (#"{"Digest": {}}"#, ["challenge: expected Digest, got Bearer, Basic, Bearer"]),
        ])
    func challenges(text: String, expected: [String]) throws {
        let headers: HeaderFields = [
            HeaderField("WWW-Authenticate", #"Bearer realm="one", error="invalid_token", Basic realm="x""#),
            HeaderField("WWW-Authenticate", #"Bearer realm="two""#),
        ]
        #expect(
            try mismatches(#"{"status": 401, "challenge": \#(text)}"#, try answer(status: 401, headers: headers))
                == expected)
    }

    @Test("no challenge at all is said so")
    func noChallenge() throws {
        #expect(
            try mismatches(#"{"challenge": {"Bearer": {}}}"#, try answer()) == [
                "challenge: expected Bearer, got no WWW-Authenticate challenge"
            ])
    }

    @Test(
        "placeholders in paths become literals of their type",
        arguments: [
            (#"$.items[?@.id == {{id}}].n"#, "[2]"), (#"$.items[?@.n == {{n}}].id"#, #"["a\"b"]"#),
            (#"$.items[{{index}}].n"#, "2"),
            (#"$[{{name}}]"#, "7"), (#"{{raw(path)}}"#, "7"), (#"$.items[?@.n == {{n}} && @.id != {{'}}'}}].n"#, "[2]"),
        ])
    func paths(path: String, expected: String) throws {
        let variables: [String: JSONValue] = [
            "id": #"a"b"#, "n": 2, "index": 1, "name": "odd name", "path": "$['odd name']",
        ]
        let body = #"{"items": [{"id": "x", "n": 1}, {"id": "a\"b", "n": 2}], "odd name": 7}"#
        #expect(try mismatches(#"{"json": {"\#(path)": \#(expected)}}"#, try answer(body), scope(variables)) == [])
    }

    @Test("a placeholder that cannot be filled is a diagnostic at its place")
    func unfilled() throws {
        let expectation = try expectation(#"{"json": {"$[{{nmae}}]": 1}}"#)
        #expect(expectation.names.map(\.path.text) == ["nmae"])
        let error = #expect(throws: Diagnostic.self) { try expectation.resolved(in: scope(["name": "x"])) }
        #expect(
            error?.description == #"""
                error: 'nmae' is not defined
                 --> test.json:1:16
                  |
                1 | {"json": {"$[{{nmae}}]": 1}}
                  |                ^^^^
                   = help: did you mean 'name'?
                """#)
    }

    @Test(
        "values that do not fit where they are filled in are diagnostics",
        arguments: [
            (#"{"status": "{{word}}"}"#, #""soon" is not a status"#),
            (#"{"json": {"$.a": {"above": "{{word}}"}}}"#, "'above' must be a number"),
            (#"{"json": {"$.a": {"in": "{{word}}"}}}"#, "'in' must be a list"),
            (#"{"json": {"$.a": {"exists": "{{word}}"}}}"#, "'exists' must be true or false"),
            (#"{"json": {"$.a": {"startsWith": "{{list}}"}}}"#, "'startsWith' must be a text"),
            (#"{"json": {"$[{{list}}]": 1}}"#, "a list cannot stand inside a path"),
            (#"{"duration": {"below": "{{word}}"}}"#, "'below' must be a duration"),
            (#"{"json": {"$.a": {"matches": "{{open}}"}}}"#, ""),
            (#"{"json": {"{{raw(word)}}": 1}}"#, ""),
        ])
    func unfit(text: String, title: String) throws {
        let expectation = try expectation(text)
        let variables: [String: JSONValue] = ["word": "soon", "list": [1], "open": "("]
        let error = #expect(throws: Diagnostic.self) { try expectation.resolved(in: scope(variables)) }
        #expect(error?.title.hasPrefix(title) == true && error?.span != nil, "\(String(describing: error))")
    }

    @Test(
        "tells beforehand how much of the body is looked at",
        arguments: [
            ("{}", BodyNeed.none), (#"{"status": 200, "headers": {"A": "b"}, "duration": {"below": "1s"}}"#, .none),
            (#"{"body": {"size": 5}}"#, .count), (#"{"body": {"sha256": "a"}}"#, .bytes), (#"{"text": "a"}"#, .bytes),
            (#"{"json": {"$": 1}}"#, .bytes), (#"{"body": {"size": "{{n}}"}, "challenge": {"Bearer": {}}}"#, .count),
        ])
    func bodyNeed(text: String, need: BodyNeed) throws {
        #expect(try expectation(text).bodyNeed == need)
        #expect(try expectation(text).resolved(in: scope(["n": 1])).bodyNeed == need)
    }

    @Test("without placeholders it is resolved once, with them for each scope")
    func resolution() throws {
        let fixed = try expectation(#"{"status": 200, "json": {"$.a": {"above": 1}}}"#)
        #expect(try fixed.resolved(in: scope()) === fixed.resolved(in: scope()))
        let pending = try expectation(#"{"json": {"$.a": "{{n}}"}}"#)
        for n in 1...2 {
            var answer = try answer(#"{"a": \#(n)}"#)
            #expect(try pending.resolved(in: scope(["n": .number(JSONNumber(n))])).mismatches(&answer, judging) == [])
        }
    }

    @Test("text is decoded by its charset")
    func charset() throws {
        let headers: HeaderFields = [HeaderField("Content-Type", "text/plain; charset=\"ISO-8859-1\"")]
        let response = HTTPResponse(status: 200, headers: headers, body: [0xE9])
        var latin1 = Answer(response, url: try HTTPURL(parsing: "http://a/"), duration: .zero)
        #expect(latin1.text() == "é")
    }
}
