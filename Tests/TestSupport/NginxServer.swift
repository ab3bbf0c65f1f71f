/// A real web server for tests, in a folder of its own, on a free port of 127.0.0.1; ended by its own number.
package final class NginxServer: Sendable {
    private let process: ServerProcess

    /// - Parameter servers: the inside of nginx's `http` block, for a port.
    /// - Throws: a sentence where nginx is missing or does not start.
    package init(_ servers: @Sendable (_ port: Int) -> String) async throws {
        process = try await ServerProcess("nginx", Self.program) { port, folder in
            try folder.write("nginx.conf", Self.configuration(servers(port)))
            return ["-p", folder.path + "/", "-e", "stderr", "-c", folder.file("nginx.conf")]
        }
    }

    package var port: Int { process.port }

    package func stop() async { await process.stop() }

    /// Debian keeps it where only root's PATH looks.
    private static var program: String { SystemCalls.isExecutable("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx" }

    /// One process, in the foreground, that writes nowhere but into its folder.
    private static func configuration(_ servers: String) -> String {
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr error;
        worker_rlimit_nofile 4096;
        events { worker_connections 2048; }
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            \(servers)
        }
        """
    }
}
