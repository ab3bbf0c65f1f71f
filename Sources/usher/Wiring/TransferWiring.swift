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

    /// - Throws: a `Diagnostic` where `--cacert` cannot be read.
    func transport(lanes: Int, _ sandbox: SandboxSession?) throws(Diagnostic) -> TransportOptions {
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
        if let path = options.cacert ?? settings.text("cacert") {
            if case .failure(let error) = Files.read(path) { throw Diagnostic(code: "cannot-read", "\(error)") }
            result.trust = .file(path)
        }
        return result
    }
}
