extension CanaryTests {
    static let ways = runs + brokenLogins + brokenCalls + credentials + places + files + ends

    private static let junit = ["--junit", "out/report.xml"]
    private static let report = junit + ["--json", "out/report.json"]
    private static let all = ["run", "collections"]

    private static let runs: [Way] = [
        Way("run", all + report),
        Way("run -v", all + report + ["-v"]),
        Way("run -q", all + report + ["-q"]),
        Way("run --junit-strict", all + report + ["--junit-strict"]),
        Way("run with answers of JSON that hold tokens", all + report + ["-v"]) { $0.call = .good },
        Way("run with explained errors", all + report + ["-v"]) { $0.call = .explain(400) },
        Way("run on GitHub", all + report + ["-v"]) { $0.variables = ["GITHUB_ACTIONS": "true", "CI": "true"] },
        Way("run where everything passes", ["run", "collections/good.json", "-v"] + report) {
            $0.status = 0
            $0.isMasked = false
            $0.changes = [
                "collections/good.json": #"""
                { "name": "Good", "requests": [
                  { "name": "one", "as": "mine", "request": "GET <URL>/one", "expect": { "status": 418 } },
                  { "name": "two", "as": "keyed", "request": "GET /two", "expect": { "status": 418 } },
                  { "name": "three", "as": "signed", "request": "GET <URL>/3", "expect": { "status": 418 } } ] }
                """#
            ]
        },
        Way("run in memory alone", all + report + ["--no-cache"]),
    ]

    private static let failures: [(String, CanaryAnswer)] = [
        ("401", .echo(401)), ("403", .explain(403)), ("400", .explain(400)), ("429", .explain(429)),
        ("500", .echo(500)), ("a redirect", .redirect), ("text in place of JSON", .echo(200)),
        ("a token with a line break", .brokenToken), ("no answer in time", .hang), ("a closed connection", .close),
        ("a reset connection", .reset),
    ]

    private static let brokenLogins: [Way] = failures.flatMap { name, answer in
        ["run", "check", "token", "explain"].map { command in
            let subject = ["run": all + report + ["-v"], "check": ["check", "--json", "out/check.json"] + junit]
            return Way(
                "\(command), the token service gives \(name)",
                (subject[command] ?? [command, "mine"]) + ["--timeout", "200ms"]
            ) { way in
                way.login = answer
                way.echoed = ["password", "lines"] + (subject[command] == nil ? [] : ["key", "basic", "pem"])
                way.status = nil
                way.isMasked = false
            }
        }
    }

    private static let brokenCalls: [Way] = failures.flatMap { name, answer in
        [
            Way("run, the API gives \(name)", all + report + ["-v", "--timeout", "200ms"]) {
                $0.call = answer
                $0.isMasked = false
                $0.status = nil
            },
            Way("check, the API gives \(name)", ["check", "--json", "out/check.json", "--timeout", "200ms"] + junit) {
                $0.call = answer
                $0.isMasked = false
                $0.status = nil
            },
        ]
    }

    private static let credentials: [Way] = [
        Way("check", ["check", "--json", "out/check.json"] + junit) {
            $0.call = .good
            $0.status = 0
            $0.isMasked = false
        },
        Way("check, and no answer is as it should be", ["check", "--json", "out/check.json"] + junit),
        Way("explain", ["explain", "mine"]) {
            $0.call = .good
            $0.status = 0
            $0.isMasked = false
        },
        Way("explain a key", ["explain", "keyed"]) {
            $0.call = .good
            $0.status = 0
            $0.isMasked = false
        },
        Way("token", ["token", "mine"]) { printsToken(&$0, "token") },
        Way("token --header", ["token", "mine", "--header"]) { printsToken(&$0, "token") },
        Way("token --json", ["token", "signed", "--json"]) { printsToken(&$0, "token") },
        Way("token --curl-config", ["token", "basic", "--curl-config"]) { printsToken(&$0, "token") },
        Way("token of a key", ["token", "keyed"]) { printsToken(&$0, "key") },
        Way("token on GitHub", ["token", "mine"]) {
            printsToken(&$0, "token")
            $0.variables = ["GITHUB_ACTIONS": "true"]
        },
        Way("tokens", ["tokens"]) { kept(&$0) },
        Way("tokens --forget", ["tokens", "--forget", "mine"]) { kept(&$0) },
        Way("tokens --forget --all", ["tokens", "--forget", "--all"]) { kept(&$0) },
        Way("a refresh token that may be kept", ["tokens"]) {
            kept(&$0)
            $0.kept = ["token", "refresh"]
            $0.changes = [
                "providers/mine.json": #"""
                { "id": "mine", "baseURL": "<URL>", "secrets": { "password": {}, "lines": {}, "digits": { "required": false } },
                  "cache": { "persistRefreshToken": true },
                  "auth": { "type": "token", "grant": "login",
                    "request": { "url": "<URL>/login", "body": { "p": "{{secret.password}}", "l": "{{secret.lines}}" } },
                    "response": { "token": "/token", "refreshToken": "/refresh" }, "refresh": { "mode": "token" } } }
                """#
            ]
        },
        Way("providers show", ["providers", "show", "mine"]) {
            $0.status = 0
            $0.isMasked = false
        },
    ]

    private static func printsToken(_ way: inout Way, _ name: String) {
        way.status = 0
        way.printed = [name]
        way.isMasked = false
    }

    private static func kept(_ way: inout Way) {
        way.before = [["token", "mine"]]
        way.status = 0
        way.isMasked = false
    }

    // MARK: The way to the server

    private static let places: [Way] =
        unreachable("nobody listens", .closed)
        + unreachable("a certificate of nobody", .untrusted) + proxies

    private static func unreachable(_ name: String, _ place: Way.Place) -> [Way] {
        let check = ["check", "--json", "out/check.json"] + junit
        return [all + report + ["-v"], check, ["token", "mine"], ["explain", "mine"]].map { arguments in
            Way("\(arguments[0]), \(name)", arguments) {
                $0.place = place
                $0.status = 3
                $0.isMasked = false
            }
        }
    }

    private static let proxies: [Way] = [
        Way("a proxy that does not answer", all + report + ["-v"]) {
            $0.changes = ["usher.json": #"{ "proxy": "http://user:prX7kQ9vLw3Z@127.0.0.1:1" }"#]
            $0.status = nil
            $0.isMasked = false
        },
        Way("a proxy that is none", all) {
            $0.changes = ["usher.json": #"{ "proxy": "ftp//user:prX7kQ9vLw3Z@127.0.0.1:99999" }"#]
            $0.status = 2
            $0.isMasked = false
        },
    ]

    // MARK: Files

    /// An environment with one identity, whose password is bound so.
    private static func bound(_ binding: String) -> [String: String] {
        [
            "environments/test.json": #"""
            { "name": "test", "identities": {
                "mine": { "provider": "mine", "secrets": { "lines": { "env": "LINES" }, "password": \#(binding) } } } }
            """#,
            "collections/places.json": #"""
            { "name": "Places", "provider": "mine", "requests": [
                { "name": "a", "request": "GET /a/{{identities.mine.lines}}" } ] }
            """#,
            "collections/judged.json":
                #"{ "name": "Judged", "requests": [ { "name": "a", "request": "GET <URL>/a" } ] }"#,
        ]
    }

    /// What an environment file binds, and how `run` and `validate` end.
    private static let bindings: [(String, binding: String, run: Int32, validate: Int32)] = [
        ("a file that is not there", #"{ "file": "../secrets/none" }"#, 1, 0),
        ("a pointer into nothing", #"{ "file": "../secrets/all.json", "pointer": "/none" }"#, 1, 0),
        ("a pointer into no JSON", #"{ "file": "../secrets/key", "pointer": "/none" }"#, 1, 0),
        ("a .env file that is none", #"{ "dotenv": "../secrets/key", "name": "X" }"#, 1, 0),
        (
            "a program that prints it and fails",
            #"{ "command": ["sh", "-c", "cat secrets/key; exit 3"] }"#, 1, 0
        ),
        (
            "a program that complains of another secret",
            #"{ "command": ["sh", "-c", "printf 'x%.0s' $(seq 280); echo; echo \"$LINES\" >&2; exit 3"], "variables": ["LINES"] }"#,
            1, 0
        ),
        ("a program that prints no JSON", #"{ "command": ["cat", "secrets/key"], "pointer": "/x" }"#, 1, 0),
        ("a program that prints no time", #"{ "command": ["cat", "secrets/all.json"], "expiry": "/basic" }"#, 1, 0),
        ("a program in place of which there is none", #"{ "command": ["no-such-program"] }"#, 1, 0),
        ("a literal", #""hN5+rT/2&s='W8^vB$e""#, 2, 2),
        ("a literal in an unknown source", #"{ "vault": "hN5+rT/2&s='W8^vB$e" }"#, 2, 2),
        ("a literal that is not closed", #"{ "insecureLiteral": "hN5+rT/2&s='W8^vB$e }"#, 2, 2),
    ]

    private static let files: [Way] =
        otherFiles
        + bindings.flatMap { name, binding, run, validate in
            [
                bound(name, binding, "run", run), bound(name, binding, "validate", validate),
                bound(name, binding, "check", run == 2 ? 2 : 3),
            ]
        }

    private static func bound(_ name: String, _ binding: String, _ command: String, _ status: Int32) -> Way {
        Way("\(command), \(name)", command == "run" ? all + report + ["-v", "--allow-commands"] : [command]) {
            $0.changes = bound(binding)
            $0.echoed = []
            $0.variables = ["USHER_ALLOW_COMMANDS": "1"]
            $0.status = status
            $0.isMasked = false
        }
    }

    private static let otherFiles: [Way] = [
        Way("validate", ["validate"]) {
            $0.status = 0
            $0.isMasked = false
        },
        Way("a report that cannot be written", ["run", "collections", "-v", "--junit", "/dev/full"]) {
            $0.status = nil
        },
        Way("a report below a file", ["run", "collections", "--junit", "secrets/key/x.xml"]) {
            $0.status = 3
            $0.isMasked = false
        },
        Way("query on a file with a token and a mistake", ["query", "--json", "$.x", "secrets/answer.json"]) {
            $0.changes = ["secrets/answer.json": #"{ "access_token": "rf-9Lk2/Mn8+Bv7=Cx6", }"#]
            $0.status = 2
            $0.isMasked = false
        },
    ]

    // MARK: Ends

    private static let signals: [(String, Int32, status: Int32?)] = [
        ("SIGINT", 2, 130), ("SIGTERM", 15, 143), ("SIGKILL", 9, nil), ("SIGABRT", 6, nil), ("SIGSEGV", 11, nil),
        ("SIGQUIT", 3, nil),
    ]

    private static let ends: [Way] = signals.flatMap { name, signal, status in
        [end(name, signal, status, atLogin: true), end(name, signal, status, atLogin: false)]
    }

    private static func end(_ name: String, _ signal: Int32, _ status: Int32?, atLogin: Bool) -> Way {
        Way("\(name) while the \(atLogin ? "token service" : "API") is silent", all + report + ["-v", "-j", "1"]) {
            if atLogin { $0.login = .hang } else { $0.call = .hang }
            // The runtime's own handler waits for a debugger's helper where another process has sent the signal.
            $0.variables = ["SWIFT_BACKTRACE": "enable=no"]
            $0.waits = atLogin ? "POST" : "GET"
            $0.signal = signal
            $0.status = status
            $0.isMasked = false
        }
    }
}
