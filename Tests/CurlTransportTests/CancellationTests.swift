import CurlTransport
import HTTP
import TestSupport
import Testing

/// The time limit is the assertion that nothing waits for the server or the request's 30 seconds.
@Suite("Cancellation and shutdown", .timeLimit(.minutes(1)))
struct CancellationTests {
    @Test("A cancelled task ends at once, on the loop and off it", arguments: [true, false])
    func cancels(onLoop: Bool) async throws {
        try await withServer({ _ in .hang(after: []) }) { server, transport in
            let request = try server.request()
            let task = Task(executorPreference: onLoop ? transport.executor : nil) { await transport.failure(request) }
            try await server.waitForRequests(1)
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }
    }

    @Test("A task cancelled before it sends does not send", arguments: [true, false])
    func cancelsBefore(onLoop: Bool) async throws {
        try await withServer { server, transport in
            let request = try server.request()
            let task = Task(executorPreference: onLoop ? transport.executor : nil) {
                while !Task.isCancelled { await Task.yield() }
                return await transport.failure(request)
            }
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("Cancelling one transfer leaves the others alone")
    func others() async throws {
        try await withServer({ $0.requestLine.contains("hang") ? .hang(after: []) : .answer() }) { server, transport in
            let hanging = try server.request(.get, "/hang")
            let tasks = (1...5).map { _ in Task { await transport.failure(hanging) } }
            try await server.waitForRequests(5)
            tasks[0].cancel()
            #expect(await tasks[0].value?.kind == .cancelled)
            #expect(try await transport.send(server.request(), pool: pool).status == 200)
            for task in tasks { task.cancel() }
            for task in tasks { #expect(await task.value?.kind == .cancelled) }
        }
    }

    @Test("Cancelling while answers come in resumes each caller exactly once")
    func races() async throws {
        try await withServer { server, transport in
            let request = try server.request()
            for round in 0..<300 {
                let task = Task(executorPreference: round % 2 == 0 ? transport.executor : nil) {
                    await transport.failure(request)
                }
                if round % 3 == 0 { await Task.yield() }
                task.cancel()
                let kind = await task.value?.kind
                #expect(kind == nil || kind == .cancelled)
            }
        }
    }

    @Test(
        "Shutdown ends what is under way, twice and at once, and refuses what comes later",
        arguments: ["http", "https"])
    func shutdown(scheme: String) async throws {
        let server = try RawServer(readsRequests: false)
        defer { server.stop() }
        var options = TransportOptions()
        options.proxy = ""
        let transport = try CurlTransport(options)
        var request = HTTPRequest(.get, try HTTPURL(parsing: "\(scheme)://127.0.0.1:\(server.port)/"))
        // A handshake that never ends is a connection not made: on a busy machine its ten seconds could pass first.
        request.connectTimeout = .seconds(600)
        request.timeout = .seconds(600)
        let tasks = (0..<8).map { number in
            Task(executorPreference: number % 2 == 0 ? transport.executor : nil) { [request] in
                await transport.failure(request)
            }
        }
        try await server.waitForConnections(8)
        async let first: Void = transport.shutdown()
        async let second: Void = transport.shutdown()
        _ = await (first, second)
        for task in tasks { #expect(await task.value?.kind == .shutDown) }
        await transport.shutdown()
        #expect(await transport.failure(request)?.kind == .shutDown)
    }

    @Test("Tasks that prefer the loop go on elsewhere after shutdown, also the one that shut it down")
    func handover() async throws {
        let transport = try CurlTransport()
        let task = Task(executorPreference: transport.executor) {
            let before = transport.isOnLoopThread
            await transport.shutdown()
            await Task.yield()
            return (before, transport.isOnLoopThread)
        }
        #expect(await task.value == (true, false))
        let late = Task(executorPreference: transport.executor) { transport.isOnLoopThread }
        #expect(await late.value == false)
    }

    @Test("Transports come and go without leaving anything behind")
    func manyTransports() async throws {
        try await withServer { server, _ in
            for _ in 1...30 {
                try await withTransport { transport async throws in
                    #expect(try await transport.send(server.request(), pool: pool).status == 200)
                }
            }
            #expect(server.connections == 30)
        }
    }
}
