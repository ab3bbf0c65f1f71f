import CurlTransport
import HTTP
import TestSupport
import Testing

@Suite("Sandbox mode")
struct SandboxModeTests {
    private func route(_ server: RawServer) -> SandboxRoute {
        SandboxRoute(tlsPort: 1, plainPort: server.port, hosts: ["tenant.test", "127.0.0.1"])
    }

    @Test("Every port of an allowed host leads to the sandbox, under the host's own name")
    func routes() async throws {
        try await withServer { server, _ in
            try await withTransport({ $0.sandbox = route(server) }) { transport in
                for url in ["http://tenant.test/", "http://tenant.test:8081/", "http://127.0.0.1:9/"] {
                    let request = HTTPRequest(.get, try HTTPURL(parsing: url))
                    #expect(try await transport.send(request, pool: pool).status == 200)
                }
            }
            #expect(
                server.requests.map { $0.values("Host") } == [["tenant.test"], ["tenant.test:8081"], ["127.0.0.1:9"]])
        }
    }

    @Test(
        "Other hosts are refused before libcurl sees them",
        arguments: ["http://other.test/", "https://sub.tenant.test/", "http://localhost/"])
    func hosts(url: String) async throws {
        try await withServer { server, _ in
            try await withTransport({ $0.sandbox = route(server) }) { transport in
                let error = await transport.failure(HTTPRequest(.get, try HTTPURL(parsing: url)))
                #expect(error?.kind == .hostNotAllowed)
                #expect(error?.message.contains("127.0.0.1, tenant.test") == true)
                #expect(error?.code == 0)
            }
            #expect(server.connections == 0)
        }
    }

    @Test("A proxy of the run or the pool is not used")
    func proxies() async throws {
        let proxy = try RawServer()
        defer { proxy.stop() }
        try await withServer { server, _ in
            let address = "http://127.0.0.1:\(proxy.port)"
            try await withTransport({
                $0.sandbox = route(server)
                $0.proxy = address
            }) { transport in
                let request = HTTPRequest(.get, try HTTPURL(parsing: "http://tenant.test/"))
                #expect(try await transport.send(request, pool: PoolKey(identity: "a", proxy: address)).status == 200)
            }
        }
        #expect(proxy.connections == 0)
    }

    @Test("The environment's proxy is used outside the sandbox and ignored inside", .timeLimit(.minutes(1)))
    func environment() async throws {
        let probe = try BuiltProducts.path("exit-probe")
        let proxy = try RawServer { _ in .answer(299) }
        let server = try RawServer()
        let tlsServer = try RawServer(greeting: "not TLS\r\n\r\n")
        defer {
            for server in [proxy, server, tlsServer] { server.stop() }
        }
        let variables = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        let environment = Dictionary(uniqueKeysWithValues: variables.map { ($0, "http://127.0.0.1:\(proxy.port)") })
        let outside = try await ChildProcess.run(probe, ["fetch", "http://tenant.test/"], environment: environment)
        #expect(outside.outputText == "299\n")
        #expect(proxy.connections == 1)
        let inside = try await ChildProcess.run(
            probe, ["fetch", "http://tenant.test/", "\(server.port)"], environment: environment)
        #expect(inside.outputText == "200\n")
        let tls = try await ChildProcess.run(
            probe, ["fetch", "https://tenant.test/", "\(tlsServer.port)"], environment: environment)
        #expect(tls.outputText == "tls\n")
        #expect(tlsServer.connections == 1)
        #expect(proxy.connections == 1)
    }
}
