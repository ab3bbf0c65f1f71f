import JSON

/// The image requests and the month's usage of each account.
struct Zara4Data: Sendable {
    var requests: RecordTable
    /// Submissions this month, by account; the test account's never move.
    var used = ["acme": 41, "globex": 7]

    static let quota = 1_000

    init() {
        requests = RecordTable([
            Self.request("0d6f6f5e-8c1b-4a5e-9b7c-1f2e3d4c5b6a", "acme", "https://images.acme.test/hero.jpg"),
            Self.request("7a1c9e42-55d0-4f3b-8e6a-0c9b8a7d6e5f", "acme", "https://images.acme.test/team.png"),
            Self.request("c3b2a190-7e6d-4c5b-a493-827160f5e4d3", "globex", "https://images.globex.test/logo.png"),
        ])
    }

    private static func request(_ id: String, _ tenant: String, _ source: String) -> Record {
        Record(
            id, tenant: tenant,
            [
                "request-id": .string(id), "source": .string(source), "optimisation-mode": "compromise",
                "output-format": "smart", "submitted-at": "2026-01-15T08:30:00Z",
            ])
    }
}
