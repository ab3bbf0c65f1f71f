import Diagnostics
import JSON
import Results
import Templates
import Testing
import Workspace

@testable import Runner

@Suite("Planning")
struct PlannerTests {
    private static let collection = """
        { "name": "A", "requests": [
          { "name": "create", "tags": ["write"], "request": "POST https://a.test/", "capture": { "id": { "json": "$.id" } } },
          { "name": "list", "tags": ["smoke"], "request": "GET https://a.test/" },
          { "group": "one", "tags": ["slow"], "after": ["list"], "requests": [
            { "name": "read", "tags": ["smoke"], "request": "GET https://a.test/{{id}}" },
            { "name": "rename", "after": ["read"], "request": "PATCH https://a.test/{{id}}" } ] } ] }
        """

    @Test(
        "a selection keeps the file's order; a request brings what it needs",
        arguments: [
            (RunSelection(), ["create", "list", "one/read", "one/rename"]),
            (RunSelection(tags: ["smoke"]), ["list", "one/read"]),
            (RunSelection(tags: ["slow", "write"]), ["create", "one/read", "one/rename"]),
            (RunSelection(skippedTags: ["slow"]), ["create", "list"]),
            (RunSelection(tags: ["smoke"], skippedTags: ["slow"]), ["list"]),
            (RunSelection(requests: ["list"]), ["list"]),
            (RunSelection(requests: ["read"]), ["create", "list", "one/read"]),
            (RunSelection(requests: ["one/rename"]), ["create", "list", "one/read", "one/rename"]),
            (RunSelection(requests: ["nothing"]), []),
        ])
    func selection(_ selection: RunSelection, _ names: [String]) {
        var bench = RunBench()
        bench.selection = selection
        let (plan, problems) = bench.plan([Self.collection])
        #expect(problems.isEmpty)
        #expect(plan.collections.flatMap(\.requests).map(\.fullName) == names)
    }

    @Test("'only' hides the rest, and is refused in CI")
    func only() {
        let text = Self.collection.replacing("\"name\": \"list\",", with: "\"name\": \"list\", \"only\": true,")
        #expect(RunBench().plan([text]).plan.collections.flatMap(\.requests).map(\.fullName) == ["list"])
        var bench = RunBench()
        bench.isCI = true
        #expect(bench.plan([text]).problems.map(\.code) == ["only-in-ci"])
    }

    @Test("requests for other environments are skipped with the reason, unsafe ones in a read-only one")
    func environments() {
        var bench = RunBench()
        bench.environment = #"{ "name": "live", "safety": "read-only" }"#
        let (plan, problems) = bench.plan([
            """
            { "name": "A", "requests": [
              { "name": "here", "request": "GET https://a.test/" },
              { "name": "elsewhere", "as": "nobody-here", "environments": ["sandbox"], "request": "GET https://a.test/" },
              { "name": "writes", "request": "POST https://a.test/" },
              { "name": "search", "safe": true, "request": "POST https://a.test/search" } ] }
            """
        ])
        #expect(problems.isEmpty)
        #expect(
            plan.collections[0].requests.map(\.skip) == [
                nil, "not for the environment 'live'", "the environment is read-only", nil,
            ])
    }

    private static let identities = """
        "identities": { "zarv": { "provider": "zarv", "secrets": { "username": { "env": "U" }, "password": { "env": "P" } } },
                        "other": { "provider": "zarv", "secrets": { "username": { "env": "U" }, "password": { "env": "P" } } } }
        """

    @Test(
        "who sends: the nearest 'as', else the identity named like the provider",
        arguments: [
            (#"{ "name": "r", "request": "GET /x" }"#, "zarv"),
            (#"{ "name": "r", "as": "other", "request": "GET /x" }"#, "other"),
            (#"{ "name": "r", "as": "anonymous", "request": "GET /x" }"#, nil),
            (#"{ "group": "g", "as": "other", "requests": [ { "name": "r", "request": "GET /x" } ] }"#, "other"),
            (
                #"{ "group": "g", "as": "other", "requests": [ { "name": "r", "as": "zarv", "request": "GET /x" } ] }"#,
                "zarv"
            ),
        ] as [(String, String?)])
    func senders(_ item: String, _ sender: String?) {
        var bench = RunBench()
        bench.environment = "{ \"name\": \"test\", \(Self.identities) }"
        let (plan, problems) = bench.plan([#"{ "name": "A", "provider": "zarv", "requests": [ "# + item + " ] }"])
        #expect(problems.isEmpty)
        #expect(plan.collections[0].requests.map(\.sender.name) == [sender])
    }

    @Test("contract cases are counted, not run: denies, access and the members of its groups")
    func contractCases() {
        var bench = RunBench()
        bench.environment = """
            { "name": "test", \(Self.identities), "groups": { "all": ["zarv", "other"] } }
            """
        let (plan, _) = bench.plan([
            """
            { "name": "A", "provider": "zarv", "requests": [
              { "name": "standard", "request": "GET /a" },
              { "name": "open", "as": "anonymous", "request": "GET /b" },
              { "name": "three", "request": "GET /c", "denies": ["no-credential", "bare-credential", "other-scheme"] },
              { "name": "off", "request": "GET /d", "denies": { "no-credential": false, "empty-credential": 401 } },
              { "name": "group", "request": "GET /e", "denies": [], "access": { "all": "own", "anonymous": 401 } } ] }
            """
        ])
        #expect(plan.collections[0].requests.map(\.contractCases) == [2, 0, 3, 1, 3])
    }
}

@Suite("Variables")
struct VariableEvaluatorTests {
    private func set(_ text: String) throws -> VariableSet {
        var context = ReadingContext(file: SourceFile(path: "v.json", text: text))
        return VariableSet(try JSONDocument.parse(text).root, &context)
    }

    @Test("variables may use each other in any order")
    func order() throws {
        let layer = try VariableEvaluator(overriding: [:], functions: .standard())
            .layer(set(#"{ "a": "{{b}}!", "b": "{{c}}{{outer}}", "c": "x" }"#), over: ["outer": TemplateValue("o")])
        #expect(layer["a"]?.json == "xo!")
    }

    @Test("a circle is an error that shows the way round")
    func circle() throws {
        let variables = try set(#"{ "a": "{{b}}", "b": "{{c}}", "c": "{{a}}" }"#)
        let error = #expect(throws: Diagnostic.self) {
            try VariableEvaluator(overriding: [:], functions: .standard()).layer(variables, over: [:])
        }
        #expect(error?.code == "variable-cycle")
        #expect(error?.help?.contains("a → b → c → a") == true)
    }
}

@Suite("The order of events")
struct EventSequencerTests {
    @Test("what a later collection says waits until its turn")
    func sequence() {
        var sequencer = EventSequencer()
        var seen: [String] = []
        func event(_ collection: Int, _ kind: String) -> LaneEvent {
            let info = CollectionInfo(name: "\(collection)\(kind)", path: "", startedAt: 0)
            return LaneEvent(
                collection: collection, event: kind == "end" ? .collectionFinished(info) : .collectionStarted(info))
        }
        func accept(_ events: [LaneEvent]) {
            sequencer.accept(events) { event in
                switch event {
                case .collectionStarted(let info), .collectionFinished(let info): seen.append(info.name)
                default: break
                }
            }
        }
        accept([event(2, "start"), event(0, "start"), event(1, "start")])
        #expect(seen == ["0start"])
        accept([event(2, "end"), event(1, "end")])
        #expect(seen == ["0start"])
        accept([event(0, "end")])
        #expect(seen == ["0start", "0end", "1start", "1end", "2start", "2end"])
    }
}
