import JSON
import Synchronization

/// Image optimisation and account usage; the page names the two scopes, the paths are the sandbox's own.
final class Zara4API: Sendable {
    private let settings: VendorSettings
    private let data = Mutex(Zara4Data())
    private let countsTests: Bool
    private let countsNothing: Bool

    init(_ settings: VendorSettings) {
        self.settings = settings
        countsTests = settings.has("Z4-08")
        countsNothing = settings.has("Z4-10")
    }

    var endpoints: [Endpoint] {
        let path = "/v1/image/request"
        let images: Set<String> = ["image-processing"]
        let usage: Set<String> = ["usage"]
        return [
            Endpoint("GET", path, needs: images) { call throws(Refusal) in try self.list(call) },
            Endpoint("POST", path, needs: images) { call throws(Refusal) in try self.submit(call) },
            Endpoint("GET", path + "/{id}", needs: images) { call throws(Refusal) in try self.read(call) },
            Endpoint("PATCH", path + "/{id}", needs: images) { call throws(Refusal) in try self.label(call) },
            Endpoint("DELETE", path + "/{id}", needs: images) { call throws(Refusal) in try self.remove(call) },
            Endpoint("GET", "/v1/usage", needs: usage) { call in self.usage(call) },
            Endpoint("GET", "/v1/account", needs: usage) { call in self.account(call) },
        ]
    }

    private func list(_ call: Call) throws(Refusal) -> SandboxResponse {
        let page = try call.page("page", "per-page")
        let all = data.withLock { $0.requests.list(tenant: call.tenant) }
        return .json(
            200,
            [
                "requests": .objects(page.slice(all).map(shown)), "page": .integer(page.number),
                "per-page": .integer(page.size), "total": .integer(all.count),
            ])
    }

    private func submit(_ call: Call) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        let source = try body.text("url")
        guard source.hasPrefix("https://") else { throw .badRequest("'url' must be an https URL") }
        let mode = try body.word("optimisation-mode", ["compromise", "highest", "fast"], standard: "compromise")
        let format = try body.word("output-format", ["smart", "jpeg", "png", "webp"], standard: "smart")
        let id = Identifier.uuid()
        let record = Record(
            id, tenant: call.tenant,
            [
                "request-id": .string(id), "source": .string(source), "optimisation-mode": .string(mode),
                "output-format": .string(format), "submitted-at": .string(settings.timestamp()),
            ], readyAt: settings.seconds + settings.jobSeconds)
        try data.withLock { data throws(Refusal) in try self.charge(&data, call, record) }
        return .created(.object(shown(record)), at: "/v1/image/request/\(id)", call)
    }

    /// Test submissions do not count towards the quota.
    private func charge(_ data: inout Zara4Data, _ call: Call, _ record: Record) throws(Refusal) {
        if countsTests || call.principal.role != "test", !countsNothing {
            let used = data.used[call.tenant, default: 0]
            guard used < Zara4Data.quota else { throw Refusal(402, "quota_exceeded", "the month's quota is used up") }
            data.used[call.tenant] = used + 1
        }
        data.requests.insert(record)
    }

    private func read(_ call: Call) throws(Refusal) -> SandboxResponse {
        let record = try data.withLock { data throws(Refusal) in try data.requests.find(call.id, tenant: call.tenant) }
        return call.answer(record, shown(record))
    }

    private func label(_ call: Call) throws(Refusal) -> SandboxResponse {
        let label = try call.object().text("label")
        let record = try data.withLock { data throws(Refusal) in
            try data.requests.update(call) { $0["label"] = .string(label) }
        }
        return call.answer(record, shown(record))
    }

    private func remove(_ call: Call) throws(Refusal) -> SandboxResponse {
        try data.withLock { data throws(Refusal) in try data.requests.remove(call) }
        return .noContent
    }

    private func usage(_ call: Call) -> SandboxResponse {
        let used = data.withLock { $0.used[call.tenant, default: 0] }
        return .json(
            200,
            [
                "month": .string(String(settings.timestamp().prefix(7))), "requests": .integer(used),
                "quota": .integer(Zara4Data.quota), "remaining": .integer(Zara4Data.quota - used),
                "mode": .string(mode(call)),
            ])
    }

    private func account(_ call: Call) -> SandboxResponse {
        .json(
            200,
            [
                "account": .string(call.tenant), "mode": .string(mode(call)),
                "scopes": .texts(call.principal.grants.sorted()),
            ])
    }

    private func mode(_ call: Call) -> String { call.principal.role == "test" ? "test" : "live" }

    /// A request with its state, and with what came out once it is ready.
    private func shown(_ record: Record) -> JSONObject {
        var value = record.value
        let isReady = settings.seconds >= record.readyAt
        value["state"] = isReady ? "ready" : "pending"
        if isReady {
            value["compression"] = [
                "bytes-original": 184_320, "bytes-compressed": 61_440, "percentage": .decimal(66.7),
            ]
            value["generated-images"] = .texts(["https://cdn.zara4.test/\(record.id)/image"])
        }
        return value
    }
}
