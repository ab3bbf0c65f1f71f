import Sandbox
import Secrets
import Workspace

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What `usher sandbox` prints: where it listens, whom to trust, and lines to try it with.
struct SandboxGreeting: Sendable {
    private let endpoints: SandboxEndpoints
    private let options: SandboxOptions
    private let certificate: String

    /// Writes the CA's certificate (which is public) to a file of its own.
    ///
    /// - Throws: `OutputError`.
    init(_ endpoints: SandboxEndpoints, _ options: SandboxOptions) throws {
        self.endpoints = endpoints
        self.options = options
        let folder = ProcessVariables.value("TMPDIR") ?? "/tmp"
        guard Files.kind(folder) == .folder else {
            throw OutputError("the folder for temporary files, \(folder) (TMPDIR), does not exist")
        }
        certificate = "\(folder)/usher-sandbox-\(getpid()).pem"
        let file = try OutputSeam(redactor: Redactor()).file(certificate, followsLinks: false)
        try file.write(endpoints.caPEM)
        try file.close()
    }

    func removeCertificate() { unlink(certificate) }

    var text: String {
        let connect = "--connect-to ::127.0.0.1:\(endpoints.httpsPort) --cacert \(certificate)"
        let plain = "http://127.0.0.1:\(endpoints.httpPort)"
        var lines = [
            "The sandbox is up. It answers as the vendors' hosts over TLS on port \(endpoints.httpsPort),",
            "and over plain HTTP under \(plain)/<provider>/….",
            "", "CA certificate: \(certificate)", "", "Hosts:",
        ]
        for vendor in Vendor.served {
            lines.append("  \(vendor.rawValue): \((options.hosts[vendor]?.all ?? []).joined(separator: ", "))")
        }
        let defects = options.defects.sorted { $0.id < $1.id }
        if !defects.isEmpty { lines += ["", "Defects:"] + defects.map { "  \($0.id): \($0.summary)" } }
        lines += ["", "Try it:"]
        if let demo = DemoCredential.all.first(where: { $0.identity == "zarv" }) {
            let body = "{\"username\":\"\(demo.name)\",\"password\":\"\(demo.secret)\"}"
            lines.append("  curl \(connect) https://services.zarv.com/api/v1/authentication \\")
            lines.append("    -H 'Content-Type: application/json' -d '\(body)'")
        }
        lines += [
            "  curl \(connect) -i https://api.zarv.com/v1/resource",
            "  curl \(plain)/_sandbox/stats", "", "Ctrl-C ends it.", "",
        ]
        return lines.joined(separator: "\n")
    }
}
