import JSON
import Synchronization

/// A notebook: the API behind the textbook server.
final class OIDCAPI: Sendable {
    private let notes: Mutex<RecordTable>

    init() {
        notes = Mutex(
            RecordTable([
                Self.note("7c0a5b1e-2f34-4d56-8a78-9b0c1d2e3f01", "acme", "Buy milk"),
                Self.note("7c0a5b1e-2f34-4d56-8a78-9b0c1d2e3f02", "acme", "Call the bank"),
                Self.note("e5d4c3b2-a190-4f8e-9d7c-6b5a49382701", "globex", "Water the plants"),
            ]))
    }

    private static func note(_ id: String, _ tenant: String, _ text: String) -> Record {
        Record(id, tenant: tenant, ["id": .string(id), "text": .string(text)])
    }

    var endpoints: [Endpoint] {
        [
            Endpoint("GET", "/me") { (call) throws(Refusal) in
                .json(
                    200,
                    [
                        "client": .string(call.principal.client), "tenant": .string(call.tenant),
                        "scope": .texts(call.principal.grants.sorted()),
                    ])
            },
            Endpoint("GET", "/notes", needs: ["notes:read"]) { [self] (call) throws(Refusal) in
                .json(200, ["items": .objects(notes.withLock { $0.list(tenant: call.tenant) }.map(\.value))])
            },
            Endpoint("POST", "/notes", needs: ["notes:write"]) { [self] (call) throws(Refusal) in
                let note = Self.note(Identifier.uuid(), call.tenant, try call.object().text("text"))
                notes.withLock { $0.insert(note) }
                return .created(.object(note.value), at: "/notes/\(note.id)", call)
            },
            Endpoint("GET", "/notes/{id}", needs: ["notes:read"]) { [self] (call) throws(Refusal) in
                call.answer(try find(call))
            },
            Endpoint("DELETE", "/notes/{id}", needs: ["notes:write"]) { [self] (call) throws(Refusal) in
                try remove(call)
                return .noContent
            },
        ]
    }

    private func find(_ call: Call) throws(Refusal) -> Record {
        try notes.withLock { notes throws(Refusal) in try notes.find(call.id, tenant: call.tenant) }
    }

    private func remove(_ call: Call) throws(Refusal) {
        try notes.withLock { notes throws(Refusal) in try notes.remove(call) }
    }
}
