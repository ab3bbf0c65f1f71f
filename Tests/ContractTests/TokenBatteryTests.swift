import Contract
import Diagnostics
import HTTP
import JSON
import Providers
import Results
import Secrets
import Synchronization
import Templates
import TestSupport
import Testing
import Tokens

/// The probes of token services: what is sent, in which order, and when it ends; and the rules judged on what came.
@Suite("Probing a token service")
struct TokenBatteryTests {
    private static let secret = "s3cret-0123456789-XYZ"

    /// A service of RFC 6749 that keeps its rules, changed by a flaw.
    private final class Service: Sendable {
        typealias Flaw = @Sendable (_ form: [String: String], _ request: HTTPRequest, inout HTTPResponse) -> Void
        private let flaw: Flaw
        private let count = Mutex(0)

        init(_ flaw: @escaping Flaw = { _, _, _ in }) { self.flaw = flaw }

        func answer(_ request: HTTPRequest) -> HTTPResponse {
            guard request.url.scheme == "https" else { return Self.json(403, #"{"message":"TLS only"}"#) }
            let pairs = TokenBatteryTests.pairs(request)
            let form = Dictionary(pairs) { first, _ in first }
            var response = answer(request, pairs, form)
            flaw(form, request, &response)
            return response
        }

        private func answer(
            _ request: HTTPRequest, _ pairs: [(String, String)], _ form: [String: String]
        ) -> HTTPResponse {
            if request.method != .post {
                return Self.json(405, #"{"error":"invalid_request"}"#, [HeaderField("Allow", "POST")])
            }
            if request.url.query?.contains("client_") ?? false { return Self.refusal(400, "invalid_request") }
            if request.headers["Content-Type"] != "application/x-www-form-urlencoded" {
                return Self.refusal(415, "invalid_request")
            }
            if Set(pairs.map(\.0)).count < pairs.count { return Self.refusal(400, "invalid_request") }
            let basic = request.headers["Authorization"]
            if basic != nil, form["client_secret"] != nil { return Self.refusal(400, "invalid_request") }
            let good = "Basic " + Base64.encode(Array("acme:\(TokenBatteryTests.secret)".utf8))
            let isKnown =
                basic == good || form["client_id"] == "acme" && form["client_secret"] == TokenBatteryTests.secret
            guard isKnown else {
                return Self.json(
                    401, #"{"error":"invalid_client"}"#, [HeaderField("WWW-Authenticate", "Basic realm=\"t\"")])
            }
            switch form["grant_type"] {
            case nil, "": return Self.refusal(400, "invalid_request")
            case "client_credentials": break
            case "password", "authorization_code", "refresh_token": return Self.refusal(400, "unauthorized_client")
            default: return Self.refusal(400, "unsupported_grant_type")
            }
            if let scope = form["scope"], !scope.isEmpty, scope != "read" { return Self.refusal(400, "invalid_scope") }
            if let target = form["resource"], !target.isEmpty { return Self.refusal(400, "invalid_target") }
            let number = count.withLock { count -> Int in
                count += 1
                return count
            }
            let token = KeyedHash.code([UInt8(number)], key: [1], .sha256)
            return Self.json(
                200,
                """
                {"access_token":"\(Base64.encode(token, urlSafe: true, padded: false))","token_type":"Bearer",\
                "expires_in":3600,"scope":"read"}
                """)
        }

        static func refusal(_ status: Int, _ code: String) -> HTTPResponse {
            json(status, #"{"error":"\#(code)"}"#)
        }

        static func json(_ status: Int, _ text: String, _ more: [HeaderField] = []) -> HTTPResponse {
            let fields = [
                HeaderField("Content-Type", "application/json"), HeaderField("Cache-Control", "no-store"),
                HeaderField("Pragma", "no-cache"),
            ]
            return HTTPResponse(status: status, headers: HeaderFields(fields + more), body: Array(text.utf8))
        }
    }

    private static func pairs(_ request: HTTPRequest) -> [(String, String)] {
        guard case .bytes(let bytes) = request.body else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    private func probe(
        classes: Set<Int> = [1, 2, 3], failedLogins: Int = 2, cache: String = "",
        _ answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse
    ) async throws -> (evidence: TokenEvidence, sent: [HTTPRequest]) {
        var bag = DiagnosticBag()
        let text = """
            { "id": "acme", "baseURL": "https://api.test", "secrets": { "clientId": { "sensitive": false }, "clientSecret": {} },
              "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "https://auth.test/token" },
                "clientAuth": { "method": "body" }, "scope": { "values": ["read"] } }\(cache) }
            """
        let provider = try #require(
            ProviderReader.read(file: SourceFile(path: "providers/acme.json", text: text), bag: &bag))
        let redactor = Redactor()
        let functions = FunctionTable.standard().adding(CryptoFunctions.all)
        let span = Span(SourceFile(path: "environments/test.json", text: "{}"), 0..<1)
        let identity = try #require(
            IdentityBinder(functions: functions, redactor: redactor).bind(
                IdentityBinding(
                    "acme", provider, at: span,
                    secrets: [
                        "clientId": Secret("acme", label: "acme.clientId"),
                        "clientSecret": Secret(Self.secret, label: "acme.clientSecret"),
                    ]), bag: &bag))
        let transport = ScriptedTransport(answer)
        let exchange = TokenExchange(transport: transport, functions: functions, redactor: redactor)
        let battery = TokenBattery(
            identity, exchange: exchange, transport: transport, pool: PoolKey(identity: "probes"),
            allowance: .init(classes: classes, failedLogins: failedLogins))
        return (try #require(await battery.run()), transport.requests)
    }

    @Test("made-up clients come first, the real one fails once, and the ordinary login ends it")
    func order() async throws {
        let service = Service()
        let (evidence, sent) = try await probe { service.answer($0) }
        let text = sent.map { request -> String in
            if case .bytes(let bytes) = request.body { String(decoding: bytes, as: UTF8.self) } else { "" }
        }
        let wrong = text.indices.filter {
            text[$0].contains("client_id=acme&") && text[$0].contains("client_secret=")
                && !text[$0].contains(Self.secret)
        }
        #expect(wrong.count == 1, "\(wrong.map { text[$0] })")
        let stranger = text.firstIndex { $0.contains("client_id=usher-nobody") }
        #expect(stranger.map { first in wrong.allSatisfy { $0 > first } } == true)
        #expect(text.last?.contains(Self.secret) == true && evidence.doubt == nil)
        // Nobody's secret leaves without TLS, nor in a URL.
        for request in sent {
            #expect(request.url.query?.contains(Self.secret) != true)
            if request.url.scheme == "http" { #expect(!"\(Self.pairs(request))".contains(Self.secret)) }
        }
        for exchange in evidence.exchanges.values.flatMap({ $0 }) { #expect(!exchange.sent.contains(Self.secret)) }
    }

    @Test("a service that keeps every rule breaks none")
    func clean() async throws {
        let service = Service()
        let (evidence, _) = try await probe { service.answer($0) }
        for check in TokenRuleCheck.all {
            switch check.judge(evidence) {
            case .broken(let expected, let actual, _), .letIn(let expected, let actual, _):
                Issue.record("\(check.id): expected \(expected), got \(actual)")
            default: break
            }
        }
    }

    private static func edit(_ response: inout HTTPResponse, _ old: String, _ new: String) {
        response.body = Array(String(decoding: response.body, as: UTF8.self).replacing(old, with: new).utf8)
    }

    private static let flaws: [(rule: String, flaw: Service.Flaw)] = [
        (
            "TOK-08",
            { form, request, response in
                if response.status == 400, Set(pairs(request).map(\.0)).count < pairs(request).count {
                    response = Service.json(200, #"{"access_token":"t-0123456789abcdefghijkl","token_type":"Bearer"}"#)
                }
            }
        ),
        (
            "TOK-09",
            { form, _, response in
                if form["grant_type"] == nil, response.status == 400 {
                    edit(&response, "invalid_request", "unsupported_grant_type")
                }
            }
        ),
        ("TOK-10", { _, _, response in edit(&response, "unsupported_grant_type", "invalid_request") }),
        (
            "TOK-12",
            { form, _, response in
                if form["client_id"]?.hasPrefix("usher-nobody") == true {
                    edit(&response, "invalid_client", "invalid_request")
                }
            }
        ),
        (
            "TOK-15",
            { form, _, response in
                if response.status == 400 { edit(&response, "invalid_scope", "invalid_request") }
            }
        ),
        ("TOK-18", { _, _, response in if response.status == 200 { response.status = 201 } }),
        (
            "TOK-19",
            { _, _, response in
                response.headers.removeAll(named: "Content-Type")
                response.headers.append(HeaderField("Content-Type", "text/plain"))
            }
        ),
        ("TOK-21", { _, _, response in edit(&response, #""token_type":"Bearer","#, "") }),
        ("TOK-22", { _, _, response in edit(&response, "3600", "\"3600\"") }),
        ("TOK-24", { _, _, response in response.headers.removeAll(named: "Cache-Control") }),
        (
            "TOK-26",
            { _, _, response in edit(&response, #""scope""#, #""refresh_token":"r-0123456789abcdef","scope""#) }
        ),
        (
            "TOK-28",
            { _, _, response in
                if response.status == 400 { response.body = Array("<h1>no</h1>".utf8) }
            }
        ),
        (
            "TOK-31",
            { form, _, response in
                if response.status == 401 { edit(&response, "}", ",\"was\":\"\(form["client_secret"] ?? "")\"}") }
            }
        ),
    ]

    @Test("each flaw breaks its rule", arguments: 0..<flaws.count)
    func flaw(_ index: Int) async throws {
        let (rule, flaw) = Self.flaws[index]
        let service = Service(flaw)
        let (evidence, _) = try await probe { service.answer($0) }
        let check = try #require(TokenRuleCheck.all.first { $0.id == rule })
        switch check.judge(evidence) {
        case .broken, .letIn: break
        default: Issue.record("\(rule): \(check.judge(evidence))")
        }
    }

    @Test(
        "a token for a client who does not exist is a hole, whatever the rule is about",
        arguments: ["TOK-02", "TOK-04"])
    func letIn(_ id: String) async throws {
        let token = HTTPResponse(
            status: 200, headers: [HeaderField("Content-Type", "application/json")],
            body: Array(#"{"access_token":"for-anybody","token_type":"Bearer","expires_in":60}"#.utf8))
        let service = Service()
        let (evidence, _) = try await probe { $0.url.query == nil ? service.answer($0) : token }
        let rule = try #require(RuleCatalogue.builtIn[id])
        let verdict = try #require(TokenRuleCheck.all.first { $0.id == id }).judge(evidence)
        let settled = RuleReport(rule: rule, claims: PackClaims(evidence.identity, nil)).settle(verdict, subject: "me")
        guard case .failed(let finding) = settled.verdict else {
            Issue.record("\(id): \(verdict)")
            return
        }
        #expect(finding.kind == .hole && finding.sentence.hasPrefix("Hole: not as the rule says, '\(rule.title)': "))
    }

    @Test("a service that asks for fewer requests, or says that it locks, gets no more", arguments: [429, 423])
    func stop(_ status: Int) async throws {
        let service = Service()
        let seen = Mutex(0)
        let (evidence, sent) = try await probe { request in
            let number = seen.withLock { count -> Int in
                count += 1
                return count
            }
            return number == 4 ? HTTPResponse(status: status) : service.answer(request)
        }
        #expect(sent.count == 4)
        #expect(!evidence.unsent.isEmpty)
    }

    @Test("nothing at all is sent where the provider asks for few token requests")
    func minInterval() async throws {
        let service = Service()
        let (evidence, sent) = try await probe(cache: #", "cache": { "minInterval": "5s" }"#) { service.answer($0) }
        #expect(sent.isEmpty)
        #expect(evidence.unsent.values.allSatisfy { $0.contains("minInterval") } && !evidence.unsent.isEmpty)
    }

    @Test("without a failed login left, none is made")
    func budget() async throws {
        let service = Service()
        let (evidence, sent) = try await probe(failedLogins: 0) { service.answer($0) }
        #expect(evidence.exchanges["T-01"] == nil && evidence.unsent["T-01"] != nil)
        let names = sent.map { Dictionary(Self.pairs($0)) { first, _ in first } }
        #expect(
            !names.contains {
                $0["client_id"] == "acme" && $0["client_secret"] != nil && $0["client_secret"] != Self.secret
            })
    }
}
