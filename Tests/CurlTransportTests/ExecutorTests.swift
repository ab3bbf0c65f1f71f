import CurlTransport
import HTTP
import TestSupport
import Testing

@Suite("The loop as an executor", .timeLimit(.minutes(1)))
struct ExecutorTests {
    private actor Counter {
        var count = 0
        func add(_ transport: CurlTransport) -> Bool {
            count += 1
            return transport.isOnLoopThread
        }
    }

    @Test("A task that prefers it resumes on the thread on which its answer arrived, and calls actors there")
    func resumesOnLoop() async throws {
        try await withServer { server, transport in
            let request = try server.request()
            let counter = Counter()
            let places = try await Task(executorPreference: transport.executor) {
                var places = [transport.isOnLoopThread]
                for _ in 1...10 {
                    _ = try await transport.send(request, pool: pool)
                    places.append(transport.isOnLoopThread)
                    places.append(await counter.add(transport))
                }
                return places
            }.value
            #expect(places == Array(repeating: true, count: 21))
        }
    }

    @Test("A task without the preference stays off it")
    func staysOff() async throws {
        try await withServer { server, transport in
            let request = try server.request()
            let place = try await Task {
                _ = try await transport.send(request, pool: pool)
                return transport.isOnLoopThread
            }.value
            #expect(!place)
        }
    }

    @Test("A task that never rests does not stop the transfers")
    func fairness() async throws {
        try await withServer { server, transport in
            let request = try server.request()
            let restless = Task(executorPreference: transport.executor) {
                while !Task.isCancelled { await Task.yield() }
            }
            for _ in 1...20 { #expect(try await transport.send(request, pool: pool).status == 200) }
            restless.cancel()
            await restless.value
        }
    }

    @Test("Hundreds of transfers from many threads all end")
    func crowd() async throws {
        try await withServer({ _ in .answer() }, { $0.lanes = 64 }) { server, transport in
            let request = try server.request()
            let total = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<64 {
                    group.addTask(executorPreference: number % 2 == 0 ? transport.executor : nil) {
                        var good = 0
                        for _ in 1...10 where try await transport.send(request, pool: pool).status == 200 { good += 1 }
                        return good
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(total == 640)
        }
    }
}
