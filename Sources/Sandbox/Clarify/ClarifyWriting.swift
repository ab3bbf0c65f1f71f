import JSON
import Synchronization

/// What an integration and an administrator do: signals, their values, and items made of them.
extension ClarifyAPI {
    /// Bounds of one text, of the series kept and of each: a sandbox must not grow with what is sent to it.
    private static let textLimit = 200
    private static let seriesLimit = 2_000
    private static let valueLimit = 1_000

    /// `inputs`: signals by name; each is made unless there is one of that input name.
    func saveSignals(_ params: JSONObject, _ call: Call) throws(RPCError) -> JSONValue {
        guard let inputs = params["inputs"]?.object, !inputs.isEmpty, inputs.count <= 100 else {
            throw .parameters("'inputs' must hold 1 to 100 signals")
        }
        var saved = JSONObject()
        for (input, value) in inputs {
            guard let name = value.object?["name"]?.string, !name.isEmpty else {
                throw .parameters("each signal needs a 'name'")
            }
            saved[input] = try save(input, name, value.object?["engUnit"]?.string ?? "", call).result
        }
        return ["signalsByInput": .object(saved)]
    }

    private struct Saved {
        let id: String
        let isNew: Bool

        var result: JSONValue { ["id": .string(id), "created": .boolean(isNew)] }
    }

    private func save(_ input: String, _ name: String, _ unit: String, _ call: Call) throws(RPCError) -> Saved {
        guard [input, name, unit].allSatisfy({ $0.count <= Self.textLimit }) else {
            throw .parameters("texts may have \(Self.textLimit) characters at most")
        }
        return data.withLock { data in
            if let known = data.signals.list(tenant: call.tenant, where: { $0["input"]?.string == input }).first {
                return Saved(id: known.id, isNew: false)
            }
            var record = ClarifyData.item(Identifier.short(), call.tenant, name: name, unit: unit)
            record.value["input"] = .string(input)
            data.signals.insert(record)
            return Saved(id: record.id, isNew: true)
        }
    }

    /// `data`: a frame with `times` and, by input name, `series` of the same length.
    func insert(_ params: JSONObject, _ call: Call) throws(RPCError) -> JSONValue {
        let frame = params["data"]?.object
        guard let times = frame?["times"]?.array?.compactMap(\.string), !times.isEmpty, times.count <= Self.valueLimit,
            times.allSatisfy({ $0.count <= 40 }), let series = frame?["series"]?.object, series.count <= 100
        else { throw .parameters("'data' needs 'times' (1 to \(Self.valueLimit)) and 'series'") }
        for (_, values) in series where values.array?.count != times.count {
            throw .parameters("each series must have as many values as there are times")
        }
        var saved = JSONObject()
        for (input, values) in series {
            let signal = try save(input, input, "", call)
            store(zip(times, values.array ?? []), of: signal.id)
            saved[input] = signal.result
        }
        return ["signalsByInput": .object(saved)]
    }

    /// A value that is no number (null) takes away what was there at that time.
    private func store(_ values: Zip2Sequence<[String], [JSONValue]>, of id: String) {
        data.withLock { data in
            var known = data.series[id, default: [:]]
            guard !known.isEmpty || data.series.count < Self.seriesLimit else { return }
            for (time, value) in values where known[time] != nil || known.count < Self.valueLimit {
                known[time] = value.number.flatMap { $0.text.utf8.count <= 40 ? $0 : nil }
            }
            data.series[id] = known
        }
    }

    /// `signals`: ids; each becomes an item with the signal's values.
    func publishSignals(_ params: JSONObject, _ call: Call) throws(RPCError) -> JSONValue {
        guard let ids = params["signals"]?.array?.compactMap(\.string), !ids.isEmpty, ids.count <= 100 else {
            throw .parameters("'signals' must list 1 to 100 signal ids")
        }
        var published = JSONObject()
        for id in ids { published[id] = .string(try publish(id, call)) }
        return ["itemsBySignal": .object(published)]
    }

    private func publish(_ id: String, _ call: Call) throws(RPCError) -> String {
        let item = data.withLock { data -> String? in
            guard let signal = try? data.signals.find(id, tenant: call.tenant) else { return nil }
            var value = signal.value
            let item = Identifier.short()
            value["id"] = .string(item)
            data.items.insert(Record(item, tenant: call.tenant, value))
            data.series[item] = data.series.count < Self.seriesLimit ? data.series[id] : nil
            return item
        }
        guard let item else { throw .parameters("a signal is not there") }
        return item
    }
}
