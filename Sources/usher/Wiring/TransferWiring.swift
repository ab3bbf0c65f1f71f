import CurlTransport
import Diagnostics
import JSON
import Runner
import Workspace

/// Options of a command and of usher.json as the transport and the runner take them.
struct TransferWiring {
    let options: TransferOptions
    let settings: ProjectSettings

    var defaults: TransferDefaults {
        TransferDefaults(
            timeout: options.timeout?.duration ?? settings.duration("timeout"),
            maxBody: options.maxBody ?? settings.integer("max-body") ?? 10 << 20)
    }

    /// What is wrong with the options before anything is sent.
    func check(into bag: inout DiagnosticBag) {
        guard let path = authorities, case .failure(let error) = Files.read(path) else { return }
        bag.error("cannot-read", "\(error)", at: nil, help: "--cacert names a PEM file")
    }

    private var authorities: String? { options.cacert ?? settings.text("cacert") }

    func transport(lanes: Int, _ sandbox: SandboxSession?) -> TransportOptions {
        var result = TransportOptions()
        result.userAgent = "usher/\(Version.number)"
        result.lanes = lanes
        if let sandbox {
            sandbox.lead(&result)
            return result
        }
        result.insecure = options.insecure
        result.proxy = options.proxy ?? settings.text("proxy")
        result.resolve = options.resolve
        if let authorities { result.trust = .file(authorities) }
        return result
    }
}
