import HTTP
import Results
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import Runner

/// A credential helper whose documents end, and a clock that the requests move on.
private final class Helper: Sendable {
    private struct State {
        var runs = 0
        var now: Int64 = 1_795_595_400_000
        var isBroken = false
    }

    private let state = Mutex(State())
    /// The document of that run; `end` is a moment in RFC 3339.
    private let document: @Sendable (_ run: Int, _ end: String) -> String
    /// Seconds.
    private let lifetime: Int64

    init(lifetime: Int64 = 3600, _ document: @escaping @Sendable (Int, String) -> String) {
        self.lifetime = lifetime
        self.document = document
    }

    var runs: Int { state.withLock { $0.runs } }
    func advance(_ seconds: Int64) { state.withLock { $0.now += seconds * 1000 } }
    func breakDown() { state.withLock { $0.isBroken = true } }

    func install(in world: inout SecretWorld) {
        world.allowsCommands = true
        world.now = { self.state.withLock { $0.now } }
        world.run = { (_) throws(SecretError) in
            let (run, now, isBroken) = self.state.withLock { state in
                state.runs += 1
                return (state.runs, state.now, state.isBroken)
            }
            if isBroken { return ProgramResult(status: 1, errors: Array("the session has ended".utf8)) }
            let end = CalendarText.rfc3339(now + self.lifetime * 1000)
            return ProgramResult(status: 0, output: Array(self.document(run, end).utf8))
        }
    }
}

/// RFC 3339 in UTC, for days of November 2026.
private enum CalendarText {
    static func rfc3339(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000 - 1_795_564_800  // 2026-11-25T00:00:00Z
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2026-11-\(two(25 + seconds / 86_400))T\(two(seconds % 86_400 / 3600)):\(two(seconds % 3600 / 60))"
            + ":\(two(seconds % 60))Z"
    }
}

@Suite("Secrets that end during a run")
struct ExpiringSecretsTests {
    /// `credential_process` of the AWS tools: the keys of a signature.
    private static let aws = """
        { "id": "aws", "baseURL": "https://a.test",
          "secrets": { "accessKeyId": { "sensitive": false, "at": "/AccessKeyId" },
                       "secretAccessKey": { "at": "/SecretAccessKey" },
                       "sessionToken": { "required": false, "at": "/SessionToken" } },
          "from": { "require": { "/Version": 1 }, "expiry": { "at": "/Expiration", "format": "rfc3339" } },
          "auth": { "type": "sign", "sign": { "scheme": "aws-sigv4", "region": "eu-1", "service": "x" } } }
        """

    private static func awsHelper(lifetime: Int64 = 3600) -> Helper {
        Helper(lifetime: lifetime) { run, end in
            """
            { "Version": 1, "AccessKeyId": "AKIDEXAMPLE\(run)", "SecretAccessKey": "the-secret-key-of-run-\(run)",
              "SessionToken": "the-session-token-of-run-\(run)", "Expiration": "\(end)" }
            """
        }
    }

    private static func bench(_ provider: String, _ helper: Helper, identities: [String] = ["mine"]) -> RunBench {
        var bench = RunBench()
        bench.providers = [provider]
        let id = provider.split(separator: "\"")[3]
        let list = identities.map { #""\#($0)": { "provider": "\#(id)", "from": { "command": ["helper"] } }"# }
        bench.environment = #"{ "name": "test", "identities": { \#(list.joined(separator: ", ")) } }"#
        bench.world = { helper.install(in: &$0) }
        return bench
    }

    private static func collection(_ name: String, _ requests: [String], as identity: String = "mine") -> String {
        let list = requests.enumerated().map { index, url in #"{ "name": "r\#(index)", "request": "GET \#(url)" }"# }
        return #"{ "name": "\#(name)", "as": "\#(identity)", "requests": [ \#(list.joined(separator: ", ")) ] }"#
    }

    @Test(
        "The keys of a credential_process are asked for again in the margin before their end, and signed with at once")
    func credentialProcess() async throws {
        let helper = Self.awsHelper()
        let bench = Self.bench(Self.aws, helper)
        // A minute before the end is the margin of an hour: at 3539 s the first ones serve, at 3541 s new ones are asked for.
        let steps: [Int64] = [3539, 2, 0]
        let sent = Mutex(0)
        let (events, requests) = await bench.run([Self.collection("A", ["/0", "/1", "/2"])]) { _ in
            helper.advance(
                sent.withLock { count in
                    count += 1
                    return steps[count - 1]
                })
            return HTTPResponse(status: 200)
        }
        #expect(events.verdicts == ["passed", "passed", "passed"])
        #expect(helper.runs == 2)
        let keys = requests.map { $0.headers["Authorization"]?.split(separator: "/").first.map(String.init) }
        #expect(
            keys == [1, 1, 2].map { "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\($0)" })
        #expect(
            requests.map { $0.headers["X-Amz-Security-Token"] } == [1, 1, 2].map { "the-session-token-of-run-\($0)" })
        for run in 1...2 {
            #expect(bench.redactor.finds(in: Array("the-secret-key-of-run-\(run)".utf8)))
            #expect(bench.redactor.finds(in: Array("the-session-token-of-run-\(run)".utf8)))
        }
    }

    @Test("An ExecCredential of Kubernetes is a bearer token with an end")
    func execCredential() async throws {
        let provider = """
            { "id": "cluster", "baseURL": "https://a.test", "secrets": { "token": { "at": "/status/token" } },
              "from": { "require": { "/apiVersion": "client.authentication.k8s.io/v1", "/kind": "ExecCredential" },
                        "expiry": { "at": "/status/expirationTimestamp" } },
              "auth": { "type": "static" },
              "apply": [{ "in": "header", "name": "Authorization", "value": "Bearer {{secret.token}}" }] }
            """
        let helper = Helper { run, end in
            """
            { "apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
              "status": { "token": "cluster-token-\(run)", "expirationTimestamp": "\(end)" } }
            """
        }
        let (events, requests) = await Self.bench(provider, helper).run([Self.collection("A", ["/0", "/1"])]) { _ in
            helper.advance(3600)
            return HTTPResponse(status: 200)
        }
        #expect(events.verdicts == ["passed", "passed"])
        #expect(requests.map { $0.headers["Authorization"] } == ["Bearer cluster-token-1", "Bearer cluster-token-2"])
    }

    @Test("A token that was got with the old secret is not used with the new one; templates see the new one too")
    func token() async throws {
        let provider = """
            { "id": "vault", "baseURL": "https://a.test",
              "secrets": { "user": { "at": "/data/username" }, "password": { "at": "/data/password" } },
              "from": { "expiry": { "at": "/lease_duration", "unit": "s" } },
              "auth": { "type": "token", "request": { "url": "https://a.test/login",
                "body": { "user": "{{secret.user}}", "password": "{{secret.password}}" } } } }
            """
        let helper = Helper { run, _ in
            #"{ "lease_duration": 600, "data": { "username": "v-\#(run)", "password": "password-\#(run)" } }"#
        }
        let collection = """
            { "name": "A", "as": "mine", "requests": [
                { "name": "r0", "request": "GET /0" }, { "name": "r1", "request": "GET /1" },
                { "name": "r2", "request": "POST /2", "body": { "json": { "p": "{{identities.mine.password}}" } } } ] }
            """
        let (events, requests) = await Self.bench(provider, helper).run([collection]) { request in
            if request.url.path == "/login" {
                let number = request.bodyText.contains("password-2") ? 2 : 1
                return HTTPResponse(status: 200, body: Array(#"{"access_token":"token-number-\#(number)"}"#.utf8))
            }
            helper.advance(request.url.path == "/0" ? 600 : 0)
            return HTTPResponse(status: 200)
        }
        #expect(events.verdicts == ["passed", "passed", "passed"])
        #expect(requests.map(\.url.path) == ["/login", "/0", "/login", "/1", "/2"])
        #expect(requests[3].headers["Authorization"] == "Bearer token-number-2")
        #expect(requests[4].bodyText == #"{"p":"password-2"}"#)
        #expect(events.credentials.map(\.tokenRequests) == [2])
    }

    @Test("One run of the helper when 200 callers wait, also of two identities that name the same command")
    func crowd() async throws {
        let helper = Self.awsHelper()
        let collections = (0..<200).map { index in
            Self.collection("C\(index)", ["/first", "/second"], as: index % 2 == 0 ? "mine" : "yours")
        }
        let bench = Self.bench(Self.aws, helper, identities: ["mine", "yours"])
        let sent = Mutex(0)
        let (events, requests) = await bench.run(collections, jobs: 200) { request in
            let isLast = sent.withLock { count in
                count += request.url.path == "/first" ? 1 : 0
                return count == 200 && request.url.path == "/first"
            }
            if isLast { helper.advance(3600) }
            return HTTPResponse(status: 200)
        }
        #expect(events.verdicts.allSatisfy { $0 == "passed" })
        #expect(requests.count == 400)
        #expect(helper.runs == 2)
        // Whoever asked before the clock moved on had the first keys, everybody after it the second ones.
        #expect(requests.contains { $0.headers["Authorization"]?.contains("AKIDEXAMPLE2/") ?? false })
    }

    @Test("A helper that fails in the margin is asked again at the end; then the credential is dead, and says why")
    func failing() async throws {
        let helper = Self.awsHelper()
        let (events, requests) = await Self.bench(Self.aws, helper).run([
            Self.collection("A", ["/margin", "/end", "/never", "/never"])
        ]) { request in
            if request.url.path == "/margin" {
                helper.breakDown()
                helper.advance(3550)
            } else {
                helper.advance(50)
            }
            return HTTPResponse(status: 200)
        }
        #expect(events.verdicts == ["passed", "passed", "no credential of 'mine'", "no credential of 'mine'"])
        #expect(requests.count == 2)
        #expect(helper.runs == 3)
        let problem = try #require(events.credentials.first?.problem)
        #expect(
            problem.message
                == "the secret 'from' of 'mine' is not bound: the command 'helper' failed with status 1: the session has ended"
        )
    }

    static let unusable: [(String, String)] = [
        (
            #"{ "Version": 2, "Expiration": "2026-11-26T00:00:00Z" }"#,
            "the document of 'from' is not one for 'aws'; 1 must stand at /Version"
        ),
        (
            #"{ "Version": 1, "Expiration": "2026-11-24T00:00:00Z" }"#,
            "the document of 'from' cannot be used: at /Expiration, the stated expiry has already passed; whatever gives it must give a new one"
        ),
        (
            #"{ "Version": 1, "Expiration": "soon" }"#,
            "the document of 'from' cannot be used: at /Expiration, the stated expiry is a text that is no time; whatever gives it must give a new one"
        ),
        (
            #"{ "Version": 1, "Expiration": {} }"#,
            "the document of 'from' cannot be used: at /Expiration, the stated lifetime is an object; whatever gives it must give a new one"
        ),
    ]

    @Test(
        "A document that has ended, or whose end nobody can read, is refused before anything is sent",
        arguments: unusable)
    func refused(_ document: String, _ message: String) async throws {
        let helper = Helper { _, _ in document }
        let (events, requests) = await Self.bench(Self.aws, helper).run([Self.collection("A", ["/0", "/1"])]) { _ in
            HTTPResponse(status: 200)
        }
        #expect(requests.isEmpty)
        #expect(events.credentials.map(\.problem?.message) == [message])
        #expect(helper.runs == 1)
    }

    @Test("Without an end in the document it is read once")
    func endless() async throws {
        let helper = Helper { run, _ in
            #"{ "Version": 1, "AccessKeyId": "AKIDEXAMPLE\#(run)", "SecretAccessKey": "the-secret-key" }"#
        }
        let (events, _) = await Self.bench(Self.aws, helper).run([Self.collection("A", ["/0", "/1"])]) { _ in
            helper.advance(1_000_000)
            return HTTPResponse(status: 200)
        }
        #expect(events.verdicts == ["passed", "passed"])
        #expect(helper.runs == 1)
    }

    @Test("A command's own ttl or expiry ends its secret too, without a 'from'")
    func ownEnd() async throws {
        let provider = """
            { "id": "plain", "baseURL": "https://a.test", "secrets": { "key": {} }, "auth": { "type": "static" },
              "apply": [{ "in": "header", "name": "X-Key", "value": "{{secret.key}}" }] }
            """
        for (more, advance) in [(#""ttl": "10s""#, 10), (#""pointer": "/key", "expiry": "/end""#, 3600)]
            as [(String, Int64)]
        {
            let helper = Helper { run, end in #"{ "key": "the-key-of-run-\#(run)", "end": "\#(end)" }"# }
            var bench = Self.bench(provider, helper)
            bench.environment = """
                { "name": "test", "identities": { "mine": { "provider": "plain",
                    "secrets": { "key": { "command": ["helper"], \(more) } } } } }
                """
            let (events, requests) = await bench.run([Self.collection("A", ["/0", "/1", "/2"])]) { request in
                helper.advance(request.url.path == "/0" ? advance - 1 : 1)
                return HTTPResponse(status: 200)
            }
            #expect(events.verdicts == ["passed", "passed", "passed"])
            let keys = requests.map { $0.headers["X-Key"]?.contains("the-key-of-run-2") }
            #expect(keys == [false, false, true])
            #expect(helper.runs == 2)
        }
    }
}

extension HTTPRequest {
    fileprivate var bodyText: String {
        if case .bytes(let bytes) = body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }
}
