import JSON

/// Resources, what happened to them, and analyses under way.
struct ZarvData: Sendable {
    var resources: RecordTable
    var events: RecordTable
    var analyses = RecordTable()

    init() {
        let seeds = [
            ("6b1f0a52-3d3c-4c57-9a30-5a7f6e2d1c01", "acme", "Fleet policy 2026", "policy", "active"),
            ("6b1f0a52-3d3c-4c57-9a30-5a7f6e2d1c02", "acme", "Truck 4711", "vehicle", "active"),
            ("6b1f0a52-3d3c-4c57-9a30-5a7f6e2d1c03", "acme", "Trailer 12", "vehicle", "archived"),
            ("e94d2c78-1b6a-4f0e-8d25-7c3b9a8e0f01", "globex", "Van 7", "vehicle", "active"),
        ]
        resources = RecordTable(seeds.map { Self.resource($0, $1, name: $2, type: $3, status: $4) })
        events = RecordTable(
            seeds.map { seed in
                Self.event("created", of: seed.0, tenant: seed.1, by: "import", at: "2026-01-15T08:30:00Z")
            })
    }

    static func resource(
        _ id: String, _ tenant: String, name: String, type: String, status: String,
        at time: String = "2026-01-15T08:30:00Z"
    ) -> Record {
        Record(
            id, tenant: tenant,
            [
                "id": .string(id), "name": .string(name), "type": .string(type), "status": .string(status),
                "createdAt": .string(time), "updatedAt": .string(time),
            ])
    }

    static func event(_ kind: String, of resource: String, tenant: String, by user: String, at time: String) -> Record {
        let id = Identifier.uuid()
        return Record(
            id, tenant: tenant,
            [
                "id": .string(id), "type": .string("resource.\(kind)"), "resourceId": .string(resource),
                "by": .string(user), "at": .string(time),
            ])
    }
}
