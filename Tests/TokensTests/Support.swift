import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Synchronization
import Templates
import TestSupport
import Testing
import Tokens

/// Time that passes when a test says so; sleeping only moves it on.
final class FakeClock: Sendable {
    private struct State {
        var passed: Int64 = 0
        var naps: [Duration] = []
    }

    private let state = Mutex(State())
    /// 2026-11-25T08:30:00Z.
    static let start: Int64 = 1_795_595_400_000

    func advance(_ duration: Duration) {
        state.withLock { $0.passed += duration.wholeMilliseconds }
    }

    var naps: [Duration] { state.withLock { $0.naps } }
    var passed: Int64 { state.withLock { $0.passed } }

    var clock: TokenClock {
        TokenClock(
            monotonic: { self.passed }, wall: { Self.start + self.passed },
            sleep: { duration in
                self.state.withLock { $0.naps.append(duration) }
                self.advance(duration)
            })
    }
}

/// A token service with everything around it that a test needs.
struct Desk: Sendable {
    let clock = FakeClock()
    let redactor = Redactor()
    let transport: ScriptedTransport
    let exchange: TokenExchange
    let broker: TokenBroker

    init(person: PersonDesk? = nil, _ answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse)
    {
        transport = ScriptedTransport(answer)
        exchange = TokenExchange(
            transport: transport,
            functions: .standard(ValueSource(now: { 0 }, random: { 0x0706_0504_0302_0100 }))
                .adding(CryptoFunctions.all),
            redactor: redactor, clock: clock.clock,
            chance: Chance(ValueSource(now: { 0 }, random: { 0x0706_0504_0302_0100 })),
            person: person.map(Person.atDesk) ?? .absent(reason: "none can be asked here"))
        broker = TokenBroker(exchange)
    }

    /// Answers 200 with that body to everything.
    init(_ body: String) { self.init { _ in ok(body) } }

    func bind(
        _ provider: Provider, _ name: String? = nil, variant: String? = nil, vars: [String: String] = [:],
        scope: [String]? = nil, secrets: [String: String] = [:], tls: TLSClientIdentity? = nil
    ) throws -> BoundIdentity {
        let span = Span(SourceFile(path: "environments/test.json", text: "{}"), 0..<1)
        let name = name ?? provider.id
        var bag = DiagnosticBag()
        let binder = IdentityBinder(functions: .standard(), redactor: redactor)
        let identity = binder.bind(
            IdentityBinding(
                name, provider, at: span, variant: variant.map { .init($0, at: span) },
                vars: vars.mapValues { .init($0, at: span) }, scope: scope,
                secrets: Dictionary(uniqueKeysWithValues: secrets.map { ($0, Secret($1, label: "\(name).\($0)")) }),
                tls: tls),
            bag: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
        return try #require(identity)
    }

    /// A credential that signs with the desk's clock and always the same chance.
    func credential(_ identity: BoundIdentity) throws -> Credential {
        let applier = CredentialApplier(
            functions: .standard().adding(CryptoFunctions.all), redactor: redactor, clock: clock.clock,
            chance: Chance(ValueSource(now: { 0 }, random: { 0x0706_0504_0302_0100 })))
        return try applier.credential(for: identity)
    }

    /// The error of asking for a credential.
    func refusal(_ identity: BoundIdentity) async throws -> CredentialError {
        do throws(CredentialError) {
            _ = try await broker.credential(for: identity)
        } catch {
            return error
        }
        Issue.record("a credential was given")
        return CredentialError(.cancelled, identity: identity.name, "")
    }
}

func ok(_ body: String, _ headers: HeaderFields = [HeaderField("Content-Type", "application/json")]) -> HTTPResponse {
    HTTPResponse(status: 200, headers: headers, body: Array(body.utf8))
}

func provider(_ text: String) throws -> Provider {
    var bag = DiagnosticBag()
    let provider = ProviderReader.read(file: SourceFile(path: "providers/acme.json", text: text), bag: &bag)
    #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
    return try #require(provider)
}

func builtIn(_ name: String) throws -> Provider {
    var bag = DiagnosticBag()
    let file = try #require(BuiltInProviders.source(named: name))
    return try #require(ProviderReader.read(file: file, origin: .builtIn, bag: &bag))
}

/// A token provider at `https://auth.acme.test/token` for `https://api.acme.test`, with further members of `auth`.
func acme(_ auth: String = "", _ more: String = "") throws -> Provider {
    try provider(
        """
        { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "clientId": {}, "clientSecret": {} },
          "auth": { "type": "token", "grant": "client_credentials",
                    "request": { "url": "https://auth.acme.test/token" }\(auth.isEmpty ? "" : ", " + auth) }\(more.isEmpty ? "" : ", " + more) }
        """)
}

let acmeSecrets = ["clientId": "the-client-id", "clientSecret": "the-client-secret"]

extension HTTPRequest {
    var bodyText: String {
        if case .bytes(let bytes) = body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }
}

/// A transport that holds every request until its gate is opened.
final class GatedTransport: HTTPTransport {
    private struct State {
        var isOpen = false
        var requests = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let answer: HTTPResponse

    init(_ answer: HTTPResponse) { self.answer = answer }

    var requests: Int { state.withLock { $0.requests } }

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Until that many requests have come.
    func waitForRequests(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.requests >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func send(_ request: HTTPRequest, pool: PoolKey) async throws(TransportError) -> HTTPResponse {
        await withCheckedContinuation { continuation in
            let (isOpen, ready) = state.withLock { state in
                state.requests += 1
                let count = state.requests
                let ready = state.watchers.filter { $0.count <= count }
                state.watchers.removeAll { $0.count <= count }
                if !state.isOpen { state.waiters.append(continuation) }
                return (state.isOpen, ready)
            }
            for watcher in ready { watcher.continuation.resume() }
            if isOpen { continuation.resume() }
        }
        return answer
    }

    var executor: (any TaskExecutor)? { nil }

    func shutdown() async {}
}
