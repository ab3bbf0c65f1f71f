/// Certificates for tests, made by the openssl program in a temporary folder: an authority and a server it vouches for
/// (127.0.0.1 and localhost), another authority that vouches for nobody, and a client.
package struct TLSMaterial: Sendable {
    package let folder: TemporaryFolder

    package var authority: String { folder.file("ca.pem") }
    package var wrongAuthority: String { folder.file("wrong-ca.pem") }
    package var server: String { folder.file("server.pem") }
    package var serverKey: String { folder.file("server.key") }
    package var client: String { folder.file("client.pem") }
    package var clientKey: String { folder.file("client.key") }

    package init() async throws {
        folder = try TemporaryFolder()
        for name in ["ca", "wrong-ca"] {
            try await openssl(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=Usher test \(name)", "-keyout", folder.file("\(name).key"), "-out",
                folder.file("\(name).pem"))
        }
        try folder.write("names", "subjectAltName=IP:127.0.0.1,DNS:localhost\n")
        try await issue("server", ["-extfile", folder.file("names")])
        try await issue("client", [])
    }

    package func remove() { folder.remove() }

    private func issue(_ name: String, _ extensions: [String]) async throws {
        try await openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
            "/CN=Usher test \(name)",
            "-keyout", folder.file("\(name).key"), "-out", folder.file("\(name).csr"))
        try await openssl(
            ["x509", "-req", "-in", folder.file("\(name).csr"), "-CA", authority, "-CAkey", folder.file("ca.key")]
                + ["-CAcreateserial", "-days", "2", "-out", folder.file("\(name).pem")] + extensions)
    }

    private func openssl(_ arguments: String...) async throws { try await openssl(arguments) }

    private func openssl(_ arguments: [String]) async throws {
        let result = try await ChildProcess.run("openssl", arguments)
        guard result.status == 0 else {
            throw NeverHappened(description: "openssl \(arguments.joined(separator: " ")): \(result.errorText)")
        }
    }
}
