import HTTP
import JSON

/// One object of a vendor's API.
struct Record: Sendable {
    let id: String
    let tenant: String
    var value: JSONObject
    var version = 1
    /// When a job is done, in seconds since 1970; 0 for anything that is no job.
    var readyAt: Double = 0

    init(_ id: String, tenant: String, _ value: JSONObject, readyAt: Double = 0) {
        self.id = id
        self.tenant = tenant
        self.value = value
        self.readyAt = readyAt
    }

    /// A strong validator (RFC 9110 §8.8.3).
    var entityTag: String { "\"\(id.prefix(8))-\(version)\"" }
}

/// Objects in the order they were made, seen only with their tenant's eyes.
struct RecordTable: Sendable {
    private var records: [Record]
    /// The oldest objects go once there are more: a sandbox must not grow with what is sent to it.
    private static let capacity = 10_000

    init(_ records: [Record] = []) { self.records = records }

    func list(tenant: String, where isWanted: (JSONObject) -> Bool = { _ in true }) -> [Record] {
        records.filter { $0.tenant == tenant && isWanted($0.value) }
    }

    /// - Throws: `Refusal.notFound` for an unknown id and for another tenant's alike.
    func find(_ id: String, tenant: String) throws(Refusal) -> Record {
        guard let record = records.first(where: { $0.id == id && $0.tenant == tenant }) else { throw .notFound }
        return record
    }

    mutating func insert(_ record: Record) {
        if records.count >= Self.capacity { records.removeFirst() }
        records.append(record)
    }

    /// Changes an object, if the caller's `If-Match` still holds.
    mutating func update(_ call: Call, _ change: (inout JSONObject) -> Void) throws(Refusal) -> Record {
        let place = try place(call)
        change(&records[place].value)
        records[place].version += 1
        return records[place]
    }

    mutating func remove(_ call: Call) throws(Refusal) {
        records.remove(at: try place(call))
    }

    private func place(_ call: Call) throws(Refusal) -> Int {
        guard let place = records.firstIndex(where: { $0.id == call.id && $0.tenant == call.tenant }) else {
            throw .notFound
        }
        if let tag = call.request.headers["If-Match"], tag != "*", tag != records[place].entityTag { throw .changed }
        return place
    }
}

extension Call {
    /// An object with its ETag, or 304 where the caller has it already (RFC 9110 §13.1.2).
    func answer(_ record: Record, _ value: JSONObject? = nil) -> SandboxResponse {
        if request.headers["If-None-Match"] == record.entityTag {
            return SandboxResponse(304, headers: [HeaderField("ETag", record.entityTag)])
        }
        return .json(200, .object(value ?? record.value)).adding("ETag", record.entityTag)
    }
}
