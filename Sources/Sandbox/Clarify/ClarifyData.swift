import JSON

/// Signals an integration writes, items people read, and the values of both.
struct ClarifyData: Sendable {
    var items: RecordTable
    var signals: RecordTable
    /// By item or signal id: RFC 3339 time → value.
    var series: [String: [String: JSONNumber]] = [:]

    init() {
        let seeds = [
            ("c7qkp2vrm5f8t1s0a4g0", "acme", "Boiler temperature", "°C"),
            ("c7qkp2vrm5f8t1s0a4h0", "acme", "Boiler pressure", "bar"),
            ("d1nbt9hre0c6u3v7k2m0", "globex", "Wind speed", "m/s"),
        ]
        items = RecordTable(seeds.map { Self.item($0, $1, name: $2, unit: $3) })
        signals = RecordTable()
        let times = ["2026-01-15T08:00:00Z", "2026-01-15T09:00:00Z", "2026-01-15T10:00:00Z"]
        for (place, seed) in seeds.enumerated() {
            let values = times.enumerated().map { ($1, JSONNumber(20 + 10 * place + $0)) }
            series[seed.0] = Dictionary(uniqueKeysWithValues: values)
        }
    }

    static func item(_ id: String, _ tenant: String, name: String, unit: String) -> Record {
        Record(id, tenant: tenant, ["id": .string(id), "name": .string(name), "engUnit": .string(unit)])
    }
}
