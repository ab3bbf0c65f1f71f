import JSON
import Synchronization

/// Resources with their events, analyses that take a while, and the users, which only an admin sees.
final class ZarvAPI: Sendable {
    private static let types = ["policy", "vehicle", "driver"]
    private static let statuses = ["active", "archived"]

    private let settings: VendorSettings
    private let data = Mutex(ZarvData())

    init(_ settings: VendorSettings) { self.settings = settings }

    var endpoints: [Endpoint] {
        let path = "/v1/resource"
        let read: Set<String> = ["resource:read"]
        let write: Set<String> = ["resource:write"]
        return [
            Endpoint("GET", path, needs: read) { call throws(Refusal) in try self.list(call) },
            Endpoint("POST", path, needs: write) { call throws(Refusal) in try self.create(call) },
            Endpoint("GET", path + "/{id}", needs: read) { call throws(Refusal) in try self.read(call) },
            Endpoint("PUT", path + "/{id}", needs: write) { call throws(Refusal) in try self.change(call, whole: true)
            },
            Endpoint("PATCH", path + "/{id}", needs: write) { call throws(Refusal) in
                try self.change(call, whole: false)
            },
            Endpoint("DELETE", path + "/{id}", needs: write) { call throws(Refusal) in try self.remove(call) },
            Endpoint("GET", path + "/{id}/events", needs: read) { call throws(Refusal) in try self.history(call) },
            Endpoint("POST", path + "/{id}/analysis", needs: write) { call throws(Refusal) in try self.analyse(call) },
            Endpoint("GET", "/v1/analysis/{id}", needs: read) { call throws(Refusal) in try self.analysis(call) },
            Endpoint("GET", "/v1/events", needs: read) { call throws(Refusal) in try self.events(call) },
            Endpoint("GET", "/v1/users", needs: ["user:read"]) { call in self.users(call) },
            Endpoint("GET", "/v1/me") { call in .json(200, .object(Self.user(call.principal))) },
        ]
    }

    // MARK: Resources

    private func list(_ call: Call) throws(Refusal) -> SandboxResponse {
        let page = try call.page()
        let fields = call.request.queryFields
        let all = data.withLock { data in
            data.resources.list(tenant: call.tenant) { resource in
                ["type", "status"].allSatisfy { fields[$0] == nil || fields[$0] == resource[$0]?.string }
            }
        }
        return Self.list(all, page)
    }

    private static func list(_ all: [Record], _ page: Page) -> SandboxResponse {
        .json(
            200,
            [
                "items": .objects(page.slice(all).map(\.value)), "page": .integer(page.number),
                "limit": .integer(page.size), "total": .integer(all.count),
            ])
    }

    private func create(_ call: Call) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        let record = ZarvData.resource(
            Identifier.uuid(), call.tenant, name: try body.text("name"),
            type: try body.word("type", Self.types, standard: "vehicle"),
            status: try body.word("status", Self.statuses, standard: "active"), at: settings.timestamp())
        data.withLock { data in
            data.resources.insert(record)
            data.events.insert(event("created", record.id, call))
        }
        return SandboxResponse.created(.object(record.value), at: "/v1/resource/\(record.id)", call)
            .adding("ETag", record.entityTag)
    }

    private func read(_ call: Call) throws(Refusal) -> SandboxResponse {
        let record = try data.withLock { data throws(Refusal) in try data.resources.find(call.id, tenant: call.tenant) }
        return call.answer(record)
    }

    /// PUT wants the name, PATCH takes any of the three members.
    private func change(_ call: Call, whole: Bool) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        _ = whole ? try body.text("name") : try body.optionalText("name")
        _ = try body.word("type", Self.types, standard: "vehicle")
        _ = try body.word("status", Self.statuses, standard: "active")
        var changed = body.only(["name", "type", "status"])
        changed["updatedAt"] = .string(settings.timestamp())
        let record = try data.withLock { data throws(Refusal) in
            let record = try data.resources.update(call) { $0.merge(changed) }
            data.events.insert(event("updated", record.id, call))
            return record
        }
        return call.answer(record)
    }

    private func remove(_ call: Call) throws(Refusal) -> SandboxResponse {
        try data.withLock { data throws(Refusal) in
            try data.resources.remove(call)
            data.events.insert(event("deleted", call.id, call))
        }
        return .noContent
    }

    // MARK: Events

    private func event(_ kind: String, _ resource: String, _ call: Call) -> Record {
        ZarvData.event(
            kind, of: resource, tenant: call.tenant, by: call.principal.client, at: settings.timestamp())
    }

    private func history(_ call: Call) throws(Refusal) -> SandboxResponse {
        let page = try call.page()
        let all = try data.withLock { data throws(Refusal) in
            _ = try data.resources.find(call.id, tenant: call.tenant)
            return data.events.list(tenant: call.tenant) { $0["resourceId"]?.string == call.id }
        }
        return Self.list(all, page)
    }

    private func events(_ call: Call) throws(Refusal) -> SandboxResponse {
        let page = try call.page()
        return Self.list(data.withLock { $0.events.list(tenant: call.tenant) }, page)
    }

    // MARK: Analyses

    private func analyse(_ call: Call) throws(Refusal) -> SandboxResponse {
        let id = Identifier.uuid()
        let record = Record(
            id, tenant: call.tenant,
            ["id": .string(id), "resourceId": .string(call.id), "requestedAt": .string(settings.timestamp())],
            readyAt: settings.seconds + settings.jobSeconds)
        try data.withLock { data throws(Refusal) in
            _ = try data.resources.find(call.id, tenant: call.tenant)
            data.analyses.insert(record)
        }
        return .created(.object(shown(record)), at: "/v1/analysis/\(id)", call)
    }

    private func analysis(_ call: Call) throws(Refusal) -> SandboxResponse {
        let record = try data.withLock { data throws(Refusal) in try data.analyses.find(call.id, tenant: call.tenant) }
        return .json(200, .object(shown(record)))
    }

    private func shown(_ record: Record) -> JSONObject {
        var value = record.value
        let isReady = settings.seconds >= record.readyAt
        value["state"] = isReady ? "ready" : "pending"
        value["score"] = isReady ? 712 : nil
        return value
    }

    // MARK: Users

    private func users(_ call: Call) -> SandboxResponse {
        let users = DemoCredential.all.filter { $0.vendor == .zarv && $0.tenant == call.tenant && !$0.isBlocked }
        return .json(200, ["items": .objects(users.map { Self.user($0.principal()) }), "total": .integer(users.count)])
    }

    private static func user(_ principal: Principal) -> JSONObject {
        [
            "username": .string(principal.client), "role": .string(principal.role ?? "viewer"),
            "tenant": .string(principal.tenant), "permissions": .texts(principal.grants.sorted()),
        ]
    }
}
