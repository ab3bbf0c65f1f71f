import JSON
import Synchronization

/// Listings, buyers, contracts and events to read; private offers to make, publish (which takes a while) and withdraw.
final class ClazarAPI: Sendable {
    private let settings: VendorSettings
    private let data = Mutex(ClazarData())

    init(_ settings: VendorSettings) { self.settings = settings }

    var endpoints: [Endpoint] { readEndpoints + offerEndpoints }

    private var readEndpoints: [Endpoint] {
        let tables: [(String, TableKey)] = [
            ("listings", \.listings), ("buyers", \.buyers), ("contracts", \.contracts), ("events", \.events),
        ]
        return tables.flatMap { name, table in
            [
                Endpoint("GET", "/\(name)/", needs: ["read"]) { call throws(Refusal) in try self.list(call, table) },
                Endpoint("GET", "/\(name)/{id}/", needs: ["read"]) { call throws(Refusal) in
                    call.answer(try self.find(call, table))
                },
            ]
        }
    }

    private var offerEndpoints: [Endpoint] {
        let path = "/private_offers/"
        let write: Set<String> = ["write"]
        return [
            Endpoint("GET", path, needs: ["read"]) { call throws(Refusal) in try self.list(call, \.offers) },
            Endpoint("POST", path, needs: write) { call throws(Refusal) in try self.create(call) },
            Endpoint("GET", path + "{id}/", needs: ["read"]) { call throws(Refusal) in
                let record = try self.find(call, \.offers)
                return call.answer(record, self.shown(record))
            },
            Endpoint("PATCH", path + "{id}/", needs: write) { call throws(Refusal) in try self.change(call) },
            Endpoint("DELETE", path + "{id}/", needs: write) { call throws(Refusal) in try self.remove(call) },
        ]
    }

    // MARK: Reading

    /// A page in the usual shape of Django REST Framework, links absolute.
    private func list(_ call: Call, _ table: TableKey) throws(Refusal) -> SandboxResponse {
        let page = try call.page("page", "page_size")
        let fields = call.request.queryFields
        let all = data.withLock { data in
            data[keyPath: table].list(tenant: call.tenant) { value in
                ["cloud", "status"].allSatisfy { fields[$0] == nil || fields[$0] == value[$0]?.string }
            }
        }
        let hasNext = page.number * page.size < all.count
        return .json(
            200,
            [
                "count": .integer(all.count), "next": hasNext ? link(call, page, page.number + 1) : nil,
                "previous": page.number > 1 ? link(call, page, page.number - 1) : nil,
                "results": .objects(page.slice(all).map(shown)),
            ])
    }

    private func link(_ call: Call, _ page: Page, _ number: Int) -> JSONValue {
        let request = call.request
        return .string("\(request.origin)\(request.basePath)\(request.path)?page=\(number)&page_size=\(page.size)")
    }

    private func find(_ call: Call, _ table: TableKey) throws(Refusal) -> Record {
        try data.withLock { data throws(Refusal) in try data[keyPath: table].find(call.id, tenant: call.tenant) }
    }

    /// A private offer is pending until the marketplace has taken it.
    private func shown(_ record: Record) -> JSONObject {
        guard record.readyAt > 0 else { return record.value }
        var value = record.value
        value["state"] = settings.seconds >= record.readyAt ? "ready" : "pending"
        return value
    }

    // MARK: Private offers

    private func create(_ call: Call) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        let buyer = try body.text("buyer_id")
        guard let amount = body["amount"]?.number?.int, amount > 0 else {
            throw .badRequest("'amount' must be a whole number above 0")
        }
        let id = Identifier.uuid()
        let record = Record(
            id, tenant: call.tenant,
            [
                "id": .string(id), "name": .string(try body.text("name")), "buyer_id": .string(buyer),
                "amount": .integer(amount), "currency": "USD", "created_at": .string(settings.timestamp()),
            ], readyAt: settings.seconds + settings.jobSeconds)
        try data.withLock { data throws(Refusal) in
            let isKnown = !data.buyers.list(tenant: call.tenant) { $0["id"]?.string == buyer }.isEmpty
            guard isKnown else { throw .badRequest("'buyer_id' names no buyer") }
            data.offers.insert(record)
            data.events.insert(event("private_offer.created", id, call))
        }
        return SandboxResponse.created(.object(shown(record)), at: "/private_offers/\(id)/", call)
            .adding("ETag", record.entityTag)
    }

    private func change(_ call: Call) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        _ = try body.optionalText("name")
        let record = try data.withLock { data throws(Refusal) in
            try data.offers.update(call) { $0.merge(body.only(["name"])) }
        }
        return call.answer(record, shown(record))
    }

    private func remove(_ call: Call) throws(Refusal) -> SandboxResponse {
        try data.withLock { data throws(Refusal) in
            try data.offers.remove(call)
            data.events.insert(event("private_offer.withdrawn", call.id, call))
        }
        return .noContent
    }

    private func event(_ type: String, _ object: String, _ call: Call) -> Record {
        ClazarData.event(type, object, call.tenant, settings.timestamp())
    }
}

private typealias TableKey = any WritableKeyPath<ClazarData, RecordTable> & Sendable
