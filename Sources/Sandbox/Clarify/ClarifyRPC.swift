import JSON
import Synchronization

/// JSON-RPC 2.0: what is wrong with the call itself is answered 200 with an `error`; what is wrong with the caller is a
/// 401 or 403 like anywhere else.
extension ClarifyAPI {
    struct RPCError: Error {
        let code: Int
        let message: String

        static let method = RPCError(code: -32_601, message: "there is no such method")

        static func parameters(_ message: String) -> RPCError { RPCError(code: -32_602, message: message) }
    }

    func call(_ call: Call) throws(Refusal) -> SandboxResponse {
        let body = try call.object()
        let id = body["id"] ?? .null
        guard body["jsonrpc"] == "2.0", let method = body["method"]?.string else {
            return Self.failure(RPCError(code: -32_600, message: "'jsonrpc' must be \"2.0\" and 'method' a text"), id)
        }
        if let needs = Self.needs[method] { try door.require(needs, call.principal, call.request) }
        do throws(RPCError) {
            let result = try result(of: method, body["params"]?.object ?? [:], call)
            return .json(200, ["jsonrpc": "2.0", "id": id, "result": result])
        } catch {
            return Self.failure(error, id)
        }
    }

    private static let needs: [String: Set<String>] = [
        "clarify.selectItems": ["clarify:read"], "clarify.dataFrame": ["clarify:read"],
        "integration.saveSignals": ["integration:write"], "integration.insert": ["integration:write"],
        "admin.selectSignals": ["admin:write"], "admin.publishSignals": ["admin:write"],
    ]

    /// JSON-RPC posts its reads too.
    static func isRead(_ call: Call) -> Bool {
        let method = (try? call.object())?["method"]?.string
        return !["integration.saveSignals", "integration.insert", "admin.publishSignals"].contains(method)
    }

    private static func failure(_ error: RPCError, _ id: JSONValue) -> SandboxResponse {
        .json(
            200,
            [
                "jsonrpc": "2.0", "id": id,
                "error": ["code": .integer(error.code), "message": .string(error.message)],
            ])
    }

    private func result(of method: String, _ params: JSONObject, _ call: Call) throws(RPCError) -> JSONValue {
        switch method {
        case "clarify.selectItems": selectItems(params, call)
        case "clarify.dataFrame": dataFrame(params, call)
        case "integration.saveSignals": try saveSignals(params, call)
        case "integration.insert": try insert(params, call)
        case "admin.selectSignals": selectSignals(call)
        case "admin.publishSignals": try publishSignals(params, call)
        default: throw .method
        }
    }

    // MARK: Reading

    /// Items by `ids`, or all; one of another tenant is not there.
    private func items(_ params: JSONObject, _ call: Call) -> [Record] {
        let wanted = params["ids"]?.array?.compactMap(\.string)
        return data.withLock { data in
            data.items.list(tenant: call.tenant) { item in
                wanted.map { ids in item["id"]?.string.map(ids.contains) ?? false } ?? true
            }
        }
    }

    private func selectItems(_ params: JSONObject, _ call: Call) -> JSONValue {
        let found = items(params, call)
        return ["data": .objects(found.map(\.value)), "meta": ["total": .integer(found.count)]]
    }

    private func dataFrame(_ params: JSONObject, _ call: Call) -> JSONValue {
        ["data": frame(items(params, call))]
    }

    private func selectSignals(_ call: Call) -> JSONValue {
        let found = data.withLock { $0.signals.list(tenant: call.tenant) }
        return ["data": .objects(found.map(\.value)), "meta": ["total": .integer(found.count)]]
    }
}
