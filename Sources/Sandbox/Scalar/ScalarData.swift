import JSON

/// Trailers, users, places and reports of two fleets.
struct ScalarData: Sendable {
    var assets: RecordTable
    var users: RecordTable
    var places: RecordTable
    var reports = RecordTable()

    init() {
        assets = RecordTable([
            Self.asset("3f8b2c1d-90a1-4e57-b6c4-11d2e3f4a501", "acme", "Curtainsider 1", "WSM00000005012345", "moving"),
            Self.asset("3f8b2c1d-90a1-4e57-b6c4-11d2e3f4a502", "acme", "Reefer 2", "WSM00000005012346", "parked"),
            Self.asset("3f8b2c1d-90a1-4e57-b6c4-11d2e3f4a503", "acme", "Tanker 3", "WSM00000005012347", "parked"),
            Self.asset("a7d90e64-2b3c-4d5e-8f60-718293a4b501", "globex", "Flatbed 9", "WSM00000005099999", "moving"),
        ])
        users = RecordTable([
            Self.user("5d1e7f20-6c3b-4a29-9184-7f6e5d4c3b01", "acme", "Ada Driver", "ada@acme.test"),
            Self.user("5d1e7f20-6c3b-4a29-9184-7f6e5d4c3b02", "acme", "Ben Planner", "ben@acme.test"),
            Self.user("9c8b7a69-5847-4635-a241-302f1e0d9c01", "globex", "Gus Owner", "gus@globex.test"),
        ])
        places = RecordTable([
            Self.place("b4a39281-7060-4f5e-8d4c-3b2a19080701", "acme", "Depot north", 54.32, 10.13),
            Self.place("b4a39281-7060-4f5e-8d4c-3b2a19080702", "acme", "Depot south", 47.66, 9.48),
            Self.place("c5b4a392-8170-4a6f-9e5d-4c3b2a190801", "globex", "Yard", 51.05, 3.72),
        ])
    }

    private static func asset(
        _ id: String, _ tenant: String, _ name: String, _ number: String, _ status: String
    ) -> Record {
        Record(
            id, tenant: tenant,
            [
                "id": .string(id), "name": .string(name), "vin": .string(number), "type": "TRAILER",
                "status": .string(status),
            ])
    }

    private static func user(_ id: String, _ tenant: String, _ name: String, _ mail: String) -> Record {
        Record(id, tenant: tenant, ["id": .string(id), "name": .string(name), "email": .string(mail)])
    }

    private static func place(
        _ id: String, _ tenant: String, _ name: String, _ latitude: Double, _ longitude: Double
    ) -> Record {
        Record(
            id, tenant: tenant,
            [
                "id": .string(id), "name": .string(name), "latitude": .decimal(latitude),
                "longitude": .decimal(longitude),
            ])
    }
}
