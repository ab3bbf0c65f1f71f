import CurlTransport
import HTTP
import TestSupport
import Testing

@Suite("TLS", .tlsLab, .timeLimit(.minutes(2)))
struct TLSTests {
    private let lab: TLSLab

    init() throws { lab = try #require(TLSLab.current) }

    private func request(_ path: String = "/") throws -> HTTPRequest {
        HTTPRequest(.get, try HTTPURL(parsing: lab.url + path))
    }

    private func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test(
        "The authority that issued the certificate is enough, as a file and as text; HTTP/2 is spoken",
        arguments: [true, false])
    func rightAuthority(asFile: Bool) async throws {
        let pem = try TemporaryFolder.read(lab.material.authority)
        try await withTransport({ $0.trust = asFile ? .file(lab.material.authority) : .pem(pem) }) { transport in
            let response = try await transport.send(request(), pool: pool)
            #expect(response.status == 200)
            #expect(response.version == "2")
            #expect(text(response).hasPrefix("HTTP/2.0 NONE"))
            #expect(response.timings.tls > .zero)
        }
    }

    @Test(
        "Another authority, none at all and the system's are not enough", arguments: ["file", "pem", "empty", "system"])
    func wrongAuthority(kind: String) async throws {
        let pem = try TemporaryFolder.read(lab.material.wrongAuthority)
        let trust: TransportOptions.Trust =
            switch kind {
            case "file": .file(lab.material.wrongAuthority)
            case "pem": .pem(pem)
            case "empty": .pem([])
            default: .system
            }
        try await withTransport({ $0.trust = trust }) { transport in
            let error = await transport.failure(try request())
            #expect(error?.kind == .tls)
            let reason = kind == "empty" ? "authorities cannot be read" : "certificate of \(lab.url) is not accepted"
            #expect(error?.message.contains(reason) == true)
        }
    }

    @Test("A name that the certificate does not hold is not accepted")
    func wrongName() async throws {
        let port = lab.nginx.port
        try await withTransport({
            $0.trust = .file(lab.material.authority)
            $0.resolve = ["other.test:\(port):127.0.0.1", "localhost:\(port):127.0.0.1"]
        }) { transport in
            let error = await transport.failure(HTTPRequest(.get, try HTTPURL(parsing: "https://other.test:\(port)/")))
            #expect(error?.kind == .tls)
            #expect(error?.message.contains("call the host by a name that the certificate holds") == true)
            let good = HTTPRequest(.get, try HTTPURL(parsing: "https://localhost:\(port)/"))
            #expect(try await transport.send(good, pool: pool).status == 200)
        }
    }

    @Test("With verification off any certificate will do")
    func insecure() async throws {
        try await withTransport({ $0.insecure = true }) { transport async throws in
            #expect(try await transport.send(request(), pool: pool).status == 200)
        }
    }

    @Test("A CA file that is not there is named as the reason")
    func missingFile() async throws {
        try await withTransport({ $0.trust = .file("/nowhere/ca.pem") }) { transport in
            let error = await transport.failure(try request())
            #expect(error?.kind == .tls)
            #expect(error?.message.contains("the certificate authorities cannot be read") == true)
        }
    }

    @Test("The client certificate belongs to the pool, and its connection to nobody else")
    func clientCertificate() async throws {
        let identity = TLSClientIdentity(certificate: lab.material.client, key: lab.material.clientKey)
        let known = PoolKey(identity: "a", tls: identity)
        try await withTransport({ $0.trust = .file(lab.material.authority) }) { transport in
            for _ in 1...3 {
                #expect(try await transport.send(request("/private"), pool: pool).status == 403)
                let response = try await transport.send(request("/private"), pool: known)
                #expect(response.status == 200)
                #expect(text(response) == "CN=Usher test client")
            }
        }
    }

    @Test("A client certificate that cannot be read is an error, not a request without it")
    func badClientCertificate() async throws {
        let missing = PoolKey(identity: "a", tls: TLSClientIdentity(certificate: "/nowhere/client.pem"))
        try await withTransport({ $0.trust = .file(lab.material.authority) }) { transport in
            let error = await transport.failure(try request(), pool: missing)
            #expect(error?.kind == .tls)
            #expect(error?.message.contains("client certificate") == true)
        }
    }

    @Test("The sandbox's wildcard leads a vendor's host to it, verified by its CA alone")
    func sandbox() async throws {
        let pem = try TemporaryFolder.read(lab.material.authority)
        try await withTransport({
            $0.trust = .pem(pem)
            $0.sandbox = SandboxRoute(tlsPort: lab.nginx.port, plainPort: 1, hosts: ["localhost", "other.test"])
        }) { transport in
            let good = HTTPRequest(.get, try HTTPURL(parsing: "https://localhost/"))
            #expect(try await transport.send(good, pool: pool).status == 200)
            let other = HTTPRequest(.get, try HTTPURL(parsing: "https://other.test/"))
            #expect(await transport.failure(other)?.kind == .tls)
        }
    }

    @Test("One connection carries a sequential run; few carry a parallel one")
    func connections() async throws {
        try await withTransport({
            $0.trust = .file(lab.material.authority)
            $0.lanes = 8
        }) { transport in
            let request = try request()
            var opened = 0
            for _ in 1...20 { opened += try await transport.send(request, pool: pool).connectionsOpened }
            #expect(opened == 1)
            let parallel = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...8 {
                    group.addTask(executorPreference: transport.executor) {
                        var opened = 0
                        for _ in 1...10 { opened += try await transport.send(request, pool: pool).connectionsOpened }
                        return opened
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(parallel <= 8)
        }
    }

    @Test("TLS to a port that does not speak it")
    func plainServer() async throws {
        let server = try RawServer(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n")
        defer { server.stop() }
        try await withTransport { transport in
            let url = try HTTPURL(parsing: "https://127.0.0.1:\(server.port)/")
            let error = await transport.failure(HTTPRequest(.get, url))
            #expect(error?.kind == .tls)
            #expect(error?.message.contains("does that port speak TLS?") == true)
        }
    }

    @Test("Shutdown ends TLS transfers that wait for their answer")
    func shutdown() async throws {
        var options = TransportOptions()
        options.trust = .file(lab.material.authority)
        options.proxy = ""
        let transport = try CurlTransport(options)
        let request = try request("/silent")
        let before = lab.silent.connections
        let tasks = (1...4).map { _ in Task { await transport.failure(request) } }
        try await lab.silent.waitForConnections(before + 4)
        await transport.shutdown()
        for task in tasks { #expect(await task.value?.kind == .shutDown) }
    }
}

@Suite("Leaving the process", .tlsLab, .timeLimit(.minutes(3)))
struct ExitTests {
    private let lab: TLSLab

    init() throws { lab = try #require(TLSLab.current) }

    @Test("Fifty processes that end in the middle of TLS transfers all end well")
    func exits() async throws {
        let probe = try BuiltProducts.path("exit-probe")
        let handshakes = "https://127.0.0.1:\(lab.silent.port)/"
        let answers = lab.url + "/silent"
        let endings = try await withThrowingTaskGroup(of: ChildProcess.Ending.self) { group in
            var endings: [ChildProcess.Ending] = []
            for number in 0..<50 {
                if number >= 4, let ending = try await group.next() { endings.append(ending) }
                group.addTask {
                    let url = number % 2 == 0 ? answers : handshakes
                    let arguments = ["exit", url, lab.material.authority, "6", "\(number * 600)"]
                    return try await ChildProcess.run(probe, arguments).ending
                }
            }
            for try await ending in group { endings.append(ending) }
            return endings
        }
        #expect(endings == Array(repeating: .exited(0), count: 50))
        #expect(lab.silent.connections > 0)
    }
}
