import CurlTransport
import HTTP
import TestSupport
import Testing

@Suite("Connections")
struct ConnectionTests {
    @Test("A sequential run uses one connection, on the loop and off it", arguments: [true, false])
    func sequential(onLoop: Bool) async throws {
        try await withServer { server, transport in
            let request = try server.request()
            let opened = try await Task(executorPreference: onLoop ? transport.executor : nil) {
                var opened = 0
                for _ in 1...50 { opened += try await transport.send(request, pool: pool).connectionsOpened }
                return opened
            }.value
            #expect(opened == 1)
            #expect(server.connections == 1)
            #expect(server.requests.count == 50)
        }
    }

    @Test("Two pools never share a connection")
    func pools() async throws {
        try await withServer { server, transport in
            let keys = [
                PoolKey(identity: "a"), PoolKey(identity: "b"),
                PoolKey(identity: "a", tls: TLSClientIdentity(certificate: "/nowhere.pem")),
                PoolKey(identity: "a", proxy: ""),
            ]
            for _ in 1...5 {
                for (number, key) in keys.enumerated() {
                    let request = try server.request(headers: [HeaderField("X-Pool", "\(number)")])
                    #expect(try await transport.send(request, pool: key).status == 200)
                }
            }
            let used = Set(server.requests.map { "\($0.values("X-Pool")) on \($0.connection)" })
            #expect(used.count == 4)
            #expect(server.connections == 4)
        }
    }

    @Test("Eight lanes open eight connections for 200 requests")
    func lanes() async throws {
        try await withServer({ _ in .answer() }, { $0.lanes = 8 }) { server, transport in
            let request = try server.request()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...8 {
                    group.addTask(executorPreference: transport.executor) {
                        for _ in 1...25 { _ = try await transport.send(request, pool: pool) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(server.requests.count == 200)
            #expect(server.connections <= 8)
        }
    }

    @Test("Hundreds of pools do not keep hundreds of connections")
    func manyPools() async throws {
        try await withServer { server, transport in
            let request = try server.request()
            for number in 0..<200 {
                #expect(
                    try await transport.send(request, pool: PoolKey(identity: "probe \(number)")).connectionsOpened == 1
                )
            }
            #expect(try await transport.send(request, pool: PoolKey(identity: "probe 199")).connectionsOpened == 0)
            #expect(try await transport.send(request, pool: PoolKey(identity: "probe 0")).connectionsOpened == 1)
        }
    }
}
