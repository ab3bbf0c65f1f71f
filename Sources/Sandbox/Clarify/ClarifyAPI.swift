import JSON
import Synchronization

/// Items over plain paths; everything else through JSON-RPC.
final class ClarifyAPI: Sendable {
    let settings: VendorSettings
    let door: BearerGuard
    let data = Mutex(ClarifyData())

    init(_ settings: VendorSettings, _ door: BearerGuard) {
        self.settings = settings
        self.door = door
    }

    var endpoints: [Endpoint] {
        let read: Set<String> = ["clarify:read"]
        return [
            Endpoint("POST", "/v1/rpc", isRead: Self.isRead) { call throws(Refusal) in try self.call(call) },
            Endpoint("GET", "/v1/items", needs: read) { call throws(Refusal) in try self.list(call) },
            Endpoint("GET", "/v1/items/{id}", needs: read) { call throws(Refusal) in
                call.answer(try self.item(call.id, call))
            },
            Endpoint("GET", "/v1/items/{id}/data", needs: read) { call throws(Refusal) in
                .json(200, ["data": self.frame([try self.item(call.id, call)])])
            },
            Endpoint("DELETE", "/v1/items/{id}", needs: ["admin:write"]) { call throws(Refusal) in
                try self.data.withLock { data throws(Refusal) in
                    try data.items.remove(call)
                    data.series[call.id] = nil
                }
                return .noContent
            },
        ]
    }

    private func list(_ call: Call) throws(Refusal) -> SandboxResponse {
        let page = try call.page()
        let all = data.withLock { $0.items.list(tenant: call.tenant) }
        return .json(
            200,
            [
                "data": .objects(page.slice(all).map(\.value)),
                "meta": ["total": .integer(all.count), "page": .integer(page.number), "limit": .integer(page.size)],
            ])
    }

    func item(_ id: String, _ call: Call) throws(Refusal) -> Record {
        try data.withLock { data throws(Refusal) in try data.items.find(id, tenant: call.tenant) }
    }

    /// A data frame: all times, and one column of values (null where there is none) per item.
    func frame(_ items: [Record]) -> JSONValue {
        let series = data.withLock { $0.series }
        let times = Set(items.flatMap { series[$0.id, default: [:]].keys }).sorted()
        let columns = items.map { item in
            let values = times.map { series[item.id]?[$0].map { JSONValue.number($0) } ?? .null }
            return (item.id, JSONValue.array(values))
        }
        return ["times": .texts(times), "series": .object(JSONObject(columns))]
    }
}
