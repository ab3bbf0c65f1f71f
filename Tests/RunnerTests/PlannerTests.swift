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

@Suite("What planning finds")
struct PlanningProblemTests {
    private func codes(_ environment: String?, _ collection: String) -> [String] {
        var bench = RunBench()
        bench.environment = environment
        return bench.plan([collection]).problems.map(\.code)
    }

    @Test(
        "undefined names are found wherever they stand",
        arguments: [
            (#"{ "name": "t", "variables": { "run": "{{nope}}" } }"#, "GET https://a.test/", ["undefined-name"]),
            (#"{ "name": "t", "variables": { "a": "{{a}}" } }"#, "GET https://a.test/", ["variable-cycle"]),
            (#"{ "name": "t" }"#, "GET https://a.test/{{nope}}", ["undefined-name"]),
            (#"{ "name": "t", "variables": { "x": 1 } }"#, "GET https://a.test/{{x}}", []),
        ])
    func undefined(_ environment: String, _ request: String, _ codes: [String]) {
        let collection = #"{ "name": "A", "requests": [ { "name": "r", "request": ""# + request + #"" } ] }"#
        #expect(self.codes(environment, collection) == codes)
    }

    @Test("a secret stands in requests, not in variables")
    func secretInVariable() {
        let collection = """
            { "name": "A", "variables": { "v": "{{identities.zarv.password}}" }, "requests": [] }
            """
        #expect(codes(#"{ "name": "t" }"#, collection) == ["secret-in-variable"])
    }

    @Test("a request for certain environments is skipped where there is none")
    func noEnvironment() {
        let (plan, problems) = RunBench().plan([
            #"{ "name": "A", "requests": [ { "name": "r", "environments": ["sandbox"], "request": "GET https://a.test/" } ] }"#
        ])
        #expect(problems.isEmpty)
        #expect(plan.collections.first?.requests.map(\.skip) == ["only for: sandbox"])
    }

    @Test("'after' finds siblings from the nearest group outwards")
    func after() {
        let (plan, problems) = RunBench().plan([
            """
            { "name": "A", "requests": [ { "group": "g", "requests": [
              { "name": "x", "request": "GET https://a.test/" },
              { "group": "h", "after": ["x"], "requests": [
                { "name": "y", "request": "GET https://a.test/" },
                { "name": "z", "after": ["y", "g/x"], "request": "GET https://a.test/" } ] } ] } ] }
            """
        ])
        #expect(problems.isEmpty)
        #expect(plan.collections.first?.requests.last?.after == ["g/x", "g/h/y", "g/x"])
    }

    @Test("a capture that only an expectation uses is needed too")
    func neededByExpectation() {
        var bench = RunBench()
        bench.selection = RunSelection(requests: ["b"])
        let (plan, _) = bench.plan([
            """
            { "name": "A", "requests": [
              { "name": "a", "request": "GET https://a.test/", "capture": { "id": { "json": "$.id" } } },
              { "name": "b", "request": "GET https://a.test/", "expect": { "json": { "$.id": "{{id}}" } } } ] }
            """
        ])
        #expect(plan.collections.first?.requests.map(\.name) == ["a", "b"])
        #expect(plan.collections.first?.requests.last?.neededCaptures == ["id"])
    }

    @Test("a large collection is planned from its file, not from what was kept")
    func lazily() {
        var bag = DiagnosticBag()
        let requests = (0..<50).map {
            #"{ "name": "r\#($0)", "request": "GET https://a.test/\#($0)", "expect": { "status": 204 } }"#
        }
        let file = SourceFile(
            path: "c.json", text: #"{ "name": "A", "requests": [ "# + requests.joined(separator: ",") + " ] }")
        let collection = CollectionReader.read(file, budget: HoldingBudget(10), into: &bag)
        let sources = (collection?.items ?? []).compactMap { if case .request(let source) = $0 { source } else { nil } }
        #expect(bag.isEmpty)
        #expect(sources.count == 50)
        #expect(sources[5].request === sources[5].request)
        #expect(sources[40].request !== sources[40].request)
        #expect(sources[40].request.url.template.plain == "https://a.test/40")
        #expect(sources[40].request.span == sources[40].span)
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
