import CurlTransport
import Diagnostics
import JSON
import Runner
import Secrets
import Workspace

/// Options of a command and of usher.json as the transport and the runner take them.
struct TransferWiring {
    private static let proxyVariables = ["http_proxy", "https_proxy", "all_proxy"]

    /// nil: of usher.json alone.
    let options: TransferOptions?
    let settings: ProjectSettings
    var maxBody: Int?

    var defaults: TransferDefaults {
        TransferDefaults(timeout: timeout, maxBody: maxBody ?? settings.integer("max-body") ?? 10 << 20)
    }

    /// Of token requests too.
    var timeout: Duration? { options?.timeout?.duration ?? settings.duration("timeout") }

    var isInsecure: Bool { options?.insecure ?? false || settings.flag("insecure") ?? false }

    /// What is wrong with the options before anything is sent; the redactor learns the passwords of proxies.
    func check(_ redactor: Redactor, into bag: inout DiagnosticBag) {
        for proxy in [options?.proxy, settings.text("proxy")].compactMap(\.self) + Self.environmentProxies {
            for secret in ProxyAddress(proxy).secrets { redactor.register(secret, label: "proxy") }
        }
        checkSettings(&bag)
        guard let path = authorities, case .failure(let error) = Files.read(path) else { return }
        bag.error("cannot-read", "\(error)", at: nil, help: "--cacert names a PEM file")
    }

    private func checkSettings(_ bag: inout DiagnosticBag) {
        if let proxy = settings.text("proxy"), let objection = ProxyAddress(proxy).objection {
            bag.error("bad-proxy", "'proxy' \(objection)", at: settings.span("proxy"))
        }
        for entry in settings.texts("resolve") ?? [] {
            guard let objection = ResolveEntry.objection(to: entry) else { continue }
            bag.error("bad-resolve", "'resolve' \(objection)", at: settings.span("resolve"))
        }
    }

    /// Those libcurl looks at by itself.
    private static var environmentProxies: [String] {
        (proxyVariables + proxyVariables.map { $0.uppercased() }).compactMap(ProcessVariables.value)
    }

    private var authorities: String? { options?.cacert ?? settings.path("cacert") }
    private var proxy: String? { options?.proxy ?? settings.text("proxy") }
    private var resolve: [String] {
        options.map(\.resolve).flatMap { $0.isEmpty ? nil : $0 } ?? settings.texts("resolve") ?? []
    }

    /// The same in the words of curl and `usher token`, for a line that repeats a request.
    var commandWords: [String] {
        var words: [String] = []
        if let authorities { words += ["--cacert", authorities] }
        if isInsecure { words.append("--insecure") }
        if let proxy { words += ["--proxy", ProxyAddress(proxy).shown] }
        for entry in resolve { words += ["--resolve", entry] }
        return words
    }

    func transport(lanes: Int, _ sandbox: SandboxSession?) -> TransportOptions {
        var result = TransportOptions()
        result.userAgent = "usher/\(Version.number)"
        result.lanes = lanes
        if let sandbox {
            sandbox.lead(&result)
            return result
        }
        result.insecure = isInsecure
        result.proxy = proxy
        result.resolve = resolve
        if let authorities { result.trust = .file(authorities) }
        return result
    }
}
