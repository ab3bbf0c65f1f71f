/// A real web server for tests, in a folder of its own, on a free port of 127.0.0.1; ended by its own number.
package final class NginxServer: Sendable {
    package let port: Int
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// - Parameter servers: the inside of nginx's `http` block, for a port.
    /// - Throws: a sentence where nginx is missing or does not start.
    package init(_ servers: @Sendable (_ port: Int) -> String) async throws {
        folder = try TemporaryFolder()
        port = try SystemCalls.freePort()
        try folder.write("nginx.conf", Self.configuration(servers(port)))
        do {
            process = try ChildProcess(
                Self.program, ["-p", folder.path + "/", "-e", "stderr", "-c", folder.file("nginx.conf")],
                timeout: .seconds(600))
        } catch {
            throw NeverHappened(description: "nginx is needed for this test and is not installed; run `make setup`")
        }
        try await waitUntilItListens()
    }

    package func stop() async {
        process.signal(15)
        _ = await process.result()
        folder.remove()
    }

    /// Debian keeps it where only root's PATH looks.
    private static var program: String { SystemCalls.isExecutable("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx" }

    private func waitUntilItListens() async throws {
        let (process, port) = (process, port)
        do {
            try await eventually("nginx") { SystemCalls.isListening(port) || !process.isRunning }
        } catch {
            await stop()
            throw error
        }
        guard process.isRunning else {
            throw NeverHappened(description: "nginx did not start: \(process.soFar.errorText)")
        }
    }

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
