import JSON
import Synchronization

/// Assets and positions come with the audience; users and places only with their scopes.
final class ScalarAPI: Sendable {
    private let settings: VendorSettings
    private let data = Mutex(ScalarData())

    init(_ settings: VendorSettings) { self.settings = settings }

    var endpoints: [Endpoint] { assetEndpoints + userEndpoints + placeEndpoints }

    private var assetEndpoints: [Endpoint] {
        let read: Set<String> = ["assets.read"]
        let write: Set<String> = ["assets.write"]
        return [
            Endpoint("GET", "/v1/assets", needs: read) { call throws(Refusal) in try self.list(call, \.assets) },
            Endpoint("POST", "/v1/assets", needs: write) { call throws(Refusal) in try self.createAsset(call) },
            Endpoint("GET", "/v1/assets/{id}", needs: read) { call throws(Refusal) in try self.read(call, \.assets) },
            Endpoint("PATCH", "/v1/assets/{id}", needs: write) { call throws(Refusal) in try self.changeAsset(call) },
            Endpoint("DELETE", "/v1/assets/{id}", needs: write) { call throws(Refusal) in
                try self.remove(call, \.assets)
            },
            Endpoint("GET", "/v1/assets/{id}/positions", needs: ["positions.read"]) { call throws(Refusal) in
                try self.track(call)
            },
            Endpoint("GET", "/v1/positions", needs: ["positions.read"]) { call throws(Refusal) in
                try self.positions(call)
            },
            Endpoint("POST", "/v1/reports", needs: ["reports.write"]) { call throws(Refusal) in
                try self.createReport(call)
            },
            Endpoint("GET", "/v1/reports/{id}", needs: ["reports.write"]) { call throws(Refusal) in
                try self.report(call)
            },
        ]
    }

    private var userEndpoints: [Endpoint] {
        let read: Set<String> = ["users.read"]
        let write: Set<String> = ["users.write"]
        return [
            Endpoint("GET", "/v1/users", needs: read) { call throws(Refusal) in try self.list(call, \.users) },
            Endpoint("POST", "/v1/users", needs: write) { call throws(Refusal) in try self.createUser(call) },
            Endpoint("GET", "/v1/users/{id}", needs: read) { call throws(Refusal) in try self.read(call, \.users) },
            Endpoint("DELETE", "/v1/users/{id}", needs: write) { call throws(Refusal) in
                try self.remove(call, \.users)
            },
        ]
    }

    private var placeEndpoints: [Endpoint] {
        [
            Endpoint("GET", "/v1/places", needs: ["places.read"]) { call throws(Refusal) in
                try self.list(call, \.places)
            },
            Endpoint("GET", "/v1/places/{id}", needs: ["places.read"]) { call throws(Refusal) in
                try self.read(call, \.places)
            },
            Endpoint("DELETE", "/v1/places/{id}", needs: ["places.write"]) { call throws(Refusal) in
                try self.remove(call, \.places)
            },
        ]
    }

    // MARK: Any table

    private func list(_ call: Call, _ table: TableKey) throws(Refusal) -> SandboxResponse {
        let page = try call.page("page", "pageSize")
        let status = call.request.queryFields["status"]
        let all = data.withLock { data in
            data[keyPath: table].list(tenant: call.tenant) { status == nil || $0["status"]?.string == status }
        }
        return Self.list(all.map(\.value), page)
    }

    private static func list(_ all: [JSONObject], _ page: Page) -> SandboxResponse {
        .json(
            200,
            [
                "items": .objects(page.slice(all)), "page": .integer(page.number), "pageSize": .integer(page.size),
                "totalCount": .integer(all.count),
            ])
    }

    private func read(_ call: Call, _ table: TableKey) throws(Refusal) -> SandboxResponse {
        call.answer(try find(call, table))
    }

    private func find(_ call: Call, _ table: TableKey) throws(Refusal) -> Record {
        try data.withLock { data throws(Refusal) in try data[keyPath: table].find(call.id, tenant: call.tenant) }
    }

    private func remove(_ call: Call, _ table: TableKey) throws(Refusal) -> SandboxResponse {
        try data.withLock { data throws(Refusal) in try data[keyPath: table].remove(call) }
        return .noContent
    }

    private func insert(_ value: JSONObject, _ call: Call, _ table: TableKey, at path: String) -> SandboxResponse {
        let id = Identifier.uuid()
        var whole: JSONObject = ["id": .string(id)]
        whole.merge(value)
        let record = Record(id, tenant: call.tenant, whole)
        data.withLock { $0[keyPath: table].insert(record) }
        return SandboxResponse.created(.object(whole), at: "\(path)/\(id)", call).adding("ETag", record.entityTag)
    }

    // MARK: Assets and positions

    private func createAsset(_ call: Call) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        let value: JSONObject = [
            "name": .string(try body.text("name")), "vin": .string(try body.text("vin")), "type": "TRAILER",
            "status": "parked",
        ]
        return insert(value, call, \.assets, at: "/v1/assets")
    }

    private func changeAsset(_ call: Call) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        _ = try body.optionalText("name")
        _ = try body.word("status", ["moving", "parked"], standard: "parked")
        let record = try data.withLock { data throws(Refusal) in
            try data.assets.update(call) { $0.merge(body.only(["name", "status"])) }
        }
        return call.answer(record)
    }

    private func positions(_ call: Call) throws(Refusal) -> SandboxResponse {
        let page = try call.page("page", "pageSize")
        let assets = data.withLock { $0.assets.list(tenant: call.tenant) }
        return Self.list(assets.map { position($0, minutesAgo: 0) }, page)
    }

    /// The last six fixes, five minutes apart, newest first.
    private func track(_ call: Call) throws(Refusal) -> SandboxResponse {
        let page = try call.page("page", "pageSize")
        let asset = try find(call, \.assets)
        return Self.list((0..<6).map { position(asset, minutesAgo: $0 * 5) }, page)
    }

    private func position(_ asset: Record, minutesAgo: Int) -> JSONObject {
        let steps = Double(minutesAgo) / 5
        return [
            "assetId": .string(asset.id), "timestamp": .string(settings.timestamp(after: -60 * Double(minutesAgo))),
            "latitude": .decimal(47.66 + steps / 100), "longitude": .decimal(9.48 + steps / 100),
            "speed": asset.value["status"] == "moving" ? 82 : 0,
        ]
    }

    // MARK: Users and reports

    private func createUser(_ call: Call) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        let mail = try body.text("email")
        guard mail.contains("@") else { throw .badRequest("'email' must be a mail address") }
        let isTaken = data.withLock { data in
            !data.users.list(tenant: call.tenant) { $0["email"]?.string == mail }.isEmpty
        }
        guard !isTaken else { throw .conflict("there is a user with that 'email'") }
        return insert(
            ["name": .string(try body.text("name")), "email": .string(mail)], call, \.users, at: "/v1/users")
    }

    private func createReport(_ call: Call) throws(Refusal) -> SandboxResponse {
        let kind = try call.object().word("type", ["mileage", "tyres"], standard: "mileage")
        let id = Identifier.uuid()
        let record = Record(
            id, tenant: call.tenant, ["id": .string(id), "type": .string(kind)],
            readyAt: settings.seconds + settings.jobSeconds)
        data.withLock { $0.reports.insert(record) }
        return .created(.object(shown(record)), at: "/v1/reports/\(id)", call)
    }

    private func report(_ call: Call) throws(Refusal) -> SandboxResponse {
        .json(200, .object(shown(try find(call, \.reports))))
    }

    private func shown(_ record: Record) -> JSONObject {
        var value = record.value
        let isReady = settings.seconds >= record.readyAt
        value["state"] = isReady ? "ready" : "pending"
        value["rows"] = isReady ? 3 : nil
        return value
    }
}

private typealias TableKey = any WritableKeyPath<ScalarData, RecordTable> & Sendable
