/// Apache for tests, as Debian packages it; ended by its own number.
package final class ApacheServer: Sendable {
    private let process: ServerProcess

    private static let modules = "/usr/lib/apache2/modules"

    /// - Parameters:
    ///   - modules: beside those that every configuration here needs: `auth_openidc`, `oauth2`.
    ///   - directives: of the server, which passes what it lets through to a back end.
    /// - Throws: a sentence where Apache or a module is missing, or it does not start.
    package init(modules: [String], proxyTo backend: String, _ directives: String) async throws {
        process = try await ServerProcess("Apache with \(modules.joined(separator: ", "))", "/usr/sbin/apache2") {
            port, folder in
            let text = Self.configuration(port, folder, modules, "ProxyPass / \(backend)/\n\(directives)")
            return ["-f", try folder.write("httpd.conf", text), "-D", "FOREGROUND"]
        }
    }

    package var url: String { process.url }

    package func stop() async { await process.stop() }

    package static func has(_ module: String) -> Bool {
        SystemCalls.isReadable("\(modules)/mod_\(module).so") && SystemCalls.isExecutable("/usr/sbin/apache2")
    }

    /// Root's Apache answers as nobody, who may not look into the folder: answers come from a back end.
    private static func configuration(
        _ port: Int, _ folder: TemporaryFolder, _ others: [String], _ directives: String
    ) -> String {
        let names = ["mpm_event", "authn_core", "authz_core", "authz_user", "proxy", "proxy_http"] + others
        let loads = names.map { "LoadModule \($0)_module \(modules)/mod_\($0).so" }.joined(separator: "\n")
        return """
            ServerName 127.0.0.1
            Listen 127.0.0.1:\(port)
            PidFile \(folder.file("apache.pid"))
            DefaultRuntimeDir \(folder.path)
            ErrorLog /dev/stderr
            LogLevel error
            User nobody
            Group #65534
            StartServers 1
            \(loads)
            \(directives)
            """
    }
}
