// Token cache across processes, and what is left when one is killed.
//
// cache-probe URL TASKS: gets a credential in so many tasks at once and prints each token once.
// PROBE_KILL names the step at which the process kills itself, PROBE_SHIFT milliseconds that its clock is ahead.

import CurlTransport
import Diagnostics
import HTTP
import Providers
import Secrets
import Templates
import Tokens

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// Dies as by `kill -9`, so that nothing is put in order.
func step(_ name: String) {
    if variable("PROBE_KILL") == name { kill(getpid(), SIGKILL) }
}

/// The user's store with steps between its calls.
struct SteppedStore: TokenStore {
    let store: UserTokenStore

    func entry(of identity: BoundIdentity) async -> TokenCacheEntry? { await store.entry(of: identity) }

    func lock(_ identity: BoundIdentity) async throws(CredentialError) -> (any TokenStoreLock)? {
        step("before-lock")
        let lock = try await store.lock(identity)
        step("after-lock")
        return lock
    }

    func save(_ entry: TokenCacheEntry, of identity: BoundIdentity) async {
        step("before-save")
        await store.save(entry, of: identity)
        step("after-save")
    }
}

struct SteppedTransport: HTTPTransport {
    let transport: CurlTransport

    func send(_ request: HTTPRequest, pool: PoolKey) async throws(TransportError) -> HTTPResponse {
        step("before-send")
        let response = try await transport.send(request, pool: pool)
        step("after-answer")
        return response
    }

    var executor: (any TaskExecutor)? { transport.executor }
    func shutdown() async { await transport.shutdown() }
}

func identity(_ url: String, _ redactor: Redactor) -> BoundIdentity? {
    let text = """
        { "id": "probe", "baseURL": "\(url)", "secrets": { "name": {}, "password": {} },
          "auth": { "type": "token", "grant": "login",
            "request": { "url": "\(url)/login", "format": "json",
              "body": { "name": "{{secret.name}}", "password": "{{secret.password}}" } },
            "response": { "token": "/token", "refreshToken": "/refresh" },
            "refresh": { "mode": "token", "request": { "url": "\(url)/refresh", "format": "json",
              "body": { "refresh": "{{token.refresh}}" } }, "rotation": "always", "invalidStatuses": [401] } },
          "cache": { "persistRefreshToken": true } }
        """
    var bag = DiagnosticBag()
    let file = SourceFile(path: "providers/probe.json", text: text)
    guard let provider = ProviderReader.read(file: file, bag: &bag) else { return nil }
    let secrets = ["name": Secret("somebody", label: "name"), "password": Secret("pass-word-1", label: "password")]
    let binding = IdentityBinding("probe", provider, at: Span(file, 0..<1), secrets: secrets)
    return IdentityBinder(functions: .standard(), redactor: redactor).bind(binding, bag: &bag)
}

let arguments = CommandLine.arguments
let redactor = Redactor()
guard arguments.count == 3, let tasks = Int(arguments[2]), let identity = identity(arguments[1], redactor),
    let folder = TokenCacheFolder.standard(["USHER_CACHE_DIR": variable("USHER_CACHE_DIR") ?? ""])
else {
    print("usage: USHER_CACHE_DIR=/… cache-probe URL TASKS")
    exit(2)
}

let shift = Int64(variable("PROBE_SHIFT") ?? "") ?? 0
var clock = TokenClock.system
let (monotonic, wall) = (clock.monotonic, clock.wall)
clock.monotonic = { monotonic() + shift }
clock.wall = { wall() + shift }

let transport = SteppedTransport(transport: try CurlTransport(TransportOptions()))
let store = UserTokenStore(folder: folder, redactor: redactor, clock: clock, isExplicit: true) { sentence in
    let line = "warning: \(sentence)\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
}
let broker = TokenBroker(
    TokenExchange(transport: transport, functions: .standard(), redactor: redactor, clock: clock),
    store: SteppedStore(store: store))

/// What each of the tasks was given, once.
@Sendable func tokens(
    _ tasks: Int, _ broker: TokenBroker, _ identity: BoundIdentity, on executor: (any TaskExecutor)?
)
    async -> Set<String>
{
    await withTaskGroup(of: String.self) { group in
        for _ in 0..<tasks {
            group.addTask(executorPreference: executor) {
                do {
                    return try await broker.credential(for: identity).token?.value.reveal() ?? "none"
                } catch {
                    return "error: \(error)"
                }
            }
        }
        var result: Set<String> = []
        for await token in group { result.insert(token) }
        return result
    }
}

for token in await tokens(tasks, broker, identity, on: transport.executor).sorted() { print(token) }
await transport.shutdown()
