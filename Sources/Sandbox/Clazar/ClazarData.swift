import JSON

/// Marketplace listings, buyers and contracts of two sellers, and the private offers they make.
struct ClazarData: Sendable {
    var listings: RecordTable
    var buyers: RecordTable
    var contracts: RecordTable
    var offers = RecordTable()
    var events: RecordTable

    init() {
        listings = RecordTable([
            Self.listing("1e0d9c8b-7a69-4584-9736-25140f3e2d01", "acme", "Acme Observability", "aws"),
            Self.listing("1e0d9c8b-7a69-4584-9736-25140f3e2d02", "acme", "Acme Observability", "azure"),
            Self.listing("f2e1d0c9-b8a7-4695-8473-625140f3e201", "globex", "Globex Billing", "gcp"),
        ])
        buyers = RecordTable([
            Self.buyer("4c5d6e7f-8091-42a3-b4c5-d6e7f8091a01", "acme", "Initech", "initech.test"),
            Self.buyer("8d9eaf01-2334-4556-a778-99aabbccdd01", "globex", "Umbrella", "umbrella.test"),
        ])
        contracts = RecordTable([
            Self.contract("d0c1b2a3-9485-4766-9758-493a2b1c0d01", "acme", "aws", "active", 48_000),
            Self.contract("d0c1b2a3-9485-4766-9758-493a2b1c0d02", "acme", "aws", "expired", 12_000),
            Self.contract("d0c1b2a3-9485-4766-9758-493a2b1c0d03", "acme", "azure", "active", 96_000),
            Self.contract("60718293-a4b5-4c6d-8e7f-8091a2b3c401", "globex", "gcp", "active", 5_000),
        ])
        events = RecordTable([
            Self.event("contract.activated", "d0c1b2a3-9485-4766-9758-493a2b1c0d01", "acme", "2026-02-01T00:00:00Z"),
            Self.event("contract.activated", "60718293-a4b5-4c6d-8e7f-8091a2b3c401", "globex", "2026-02-02T00:00:00Z"),
        ])
    }

    private static func listing(_ id: String, _ tenant: String, _ title: String, _ cloud: String) -> Record {
        Record(
            id, tenant: tenant,
            ["id": .string(id), "title": .string(title), "cloud": .string(cloud), "status": "published"])
    }

    private static func buyer(_ id: String, _ tenant: String, _ name: String, _ domain: String) -> Record {
        Record(id, tenant: tenant, ["id": .string(id), "company_name": .string(name), "domain": .string(domain)])
    }

    private static func contract(
        _ id: String, _ tenant: String, _ cloud: String, _ status: String, _ value: Int
    ) -> Record {
        Record(
            id, tenant: tenant,
            [
                "id": .string(id), "cloud": .string(cloud), "status": .string(status),
                "total_contract_value": .integer(value), "currency": "USD", "start_date": "2026-02-01",
                "end_date": "2027-01-31",
            ])
    }

    static func event(_ type: String, _ object: String, _ tenant: String, _ time: String) -> Record {
        let id = Identifier.uuid()
        return Record(
            id, tenant: tenant,
            [
                "id": .string(id), "event_type": .string(type), "object_id": .string(object),
                "created_at": .string(time),
            ])
    }
}
