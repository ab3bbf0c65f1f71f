import HTTP
import JSON

/// The file: versioned JSON; whatever is not exactly as we write it makes the entry a damaged one.
extension TokenCacheEntry {
    enum Reading: Sendable {
        case entry(TokenCacheEntry)
        /// Written by another version.
        case otherVersion
        case damaged
    }

    static func read(_ bytes: [UInt8]) -> Reading {
        guard let root = try? JSONDocument.parse(bytes).root, let version = root["version"]?.number?.int else {
            return .damaged
        }
        guard version == Self.version else { return .otherVersion }
        guard let identity = root["identity"]?.string, let provider = root["provider"]?.string else { return .damaged }
        var entry = TokenCacheEntry(identity: identity, provider: provider)
        do throws(NotAsWritten) {
            entry.token = try part(root, "token") { (node) throws(NotAsWritten) in try KeptToken(node) }
            entry.previous = try part(root, "previous") { (node) throws(NotAsWritten) in try KeptToken(node) }
            entry.refresh = try part(root, "refresh") { (node) throws(NotAsWritten) in try KeptRefresh(node) }
            entry.previousRefresh = try part(root, "previousRefresh") { (node) throws(NotAsWritten) in
                try KeptRefresh(node)
            }
            entry.failure = try part(root, "failure") { (node) throws(NotAsWritten) in try KeptFailure(node) }
            entry.askedAt = try root.moment("askedAt")
            return .entry(entry)
        } catch {
            return .damaged
        }
    }

    private static func part<Part>(
        _ root: JSONNode, _ name: String, _ read: (JSONNode) throws(NotAsWritten) -> Part
    ) throws(NotAsWritten) -> Part? {
        guard let node = root[name], !node.isNull else { return nil }
        return try read(node)
    }

    var bytes: [UInt8] {
        let value: JSONValue = .object(present: [
            ("version", 1), ("identity", .string(identity)), ("provider", .string(provider)),
            ("token", token?.json), ("previous", previous?.json), ("refresh", refresh?.json),
            ("previousRefresh", previousRefresh?.json), ("failure", failure?.json), ("askedAt", .moment(askedAt)),
        ])
        return Array((value.text() + "\n").utf8)
    }
}

/// A member that we would not have written like that.
struct NotAsWritten: Error {}

extension KeptToken {
    fileprivate init(_ node: JSONNode) throws(NotAsWritten) {
        value = try node.header("value")
        type = try node.header("type")
        statedType = node["statedType"]?.string
        guard let obtained = try node.moment("obtainedAt"),
            let source = node["source"]?.string.flatMap(TokenLifetime.Source.init(rawValue:)),
            let origin = node["origin"]?.string.flatMap(TokenInfo.Origin.init(rawValue:))
        else { throw NotAsWritten() }
        obtainedAt = obtained
        expiresAt = try node.moment("expiresAt")
        (self.source, self.origin) = (source, origin)
        scope = node["scope"].map { $0.elements.compactMap(\.string) }
        hasRefreshToken = node["hasRefreshToken"]?.boolean ?? false
        refreshExpiresAt = try node.moment("refreshExpiresAt")
        isRefused = node["refused"]?.boolean ?? false
        captured = []
        for member in node["captured"].map({ Array($0.members) }) ?? [] {
            guard let value = member.value["value"]?.string else { throw NotAsWritten() }
            captured.append((member.name, value, member.value["secret"]?.boolean ?? true))
        }
    }

    fileprivate var json: JSONValue {
        .object(present: [
            ("value", .string(value)), ("type", .string(type)), ("statedType", statedType.map { .string($0) }),
            ("obtainedAt", .moment(obtainedAt)), ("expiresAt", .moment(expiresAt)),
            ("source", .string(source.rawValue)), ("scope", scope.map { .array($0.map { .string($0) }) }),
            ("origin", .string(origin.rawValue)), ("hasRefreshToken", .boolean(hasRefreshToken)),
            ("refreshExpiresAt", .moment(refreshExpiresAt)), ("refused", isRefused ? true : nil),
            (
                "captured",
                captured.isEmpty
                    ? nil
                    : .object(
                        JSONObject(
                            captured.map {
                                (
                                    $0.name,
                                    .object(present: [("value", .string($0.value)), ("secret", .boolean($0.isSecret))])
                                )
                            }))
            ),
        ])
    }
}

extension KeptRefresh {
    fileprivate init(_ node: JSONNode) throws(NotAsWritten) {
        guard let value = node["value"]?.string, !value.isEmpty else { throw NotAsWritten() }
        self.value = value
        expiresAt = try node.moment("expiresAt")
    }

    fileprivate var json: JSONValue {
        .object(present: [("value", .string(value)), ("expiresAt", .moment(expiresAt))])
    }
}

extension KeptFailure {
    fileprivate init(_ node: JSONNode) throws(NotAsWritten) {
        guard let kind = node["kind"]?.string.flatMap(CredentialError.Kind.init(rawValue:)), Self.kinds.contains(kind),
            let message = node["message"]?.string, let until = try node.moment("until")
        else { throw NotAsWritten() }
        (self.kind, self.message, self.until) = (kind, message, until)
        status = node["status"]?.number?.int
    }

    fileprivate var json: JSONValue {
        .object(present: [
            ("kind", .string(kind.rawValue)), ("message", .string(message)),
            ("status", status.map { .number(JSONNumber($0)) }), ("until", .moment(until)),
        ])
    }
}

extension JSONNode {
    /// Milliseconds since 1970, up to the year 5138; nil where the member is missing.
    fileprivate func moment(_ name: String) throws(NotAsWritten) -> Int64? {
        guard let node = self[name], !node.isNull else { return nil }
        guard let value = node.number?.int, (0...100_000_000_000_000).contains(value) else { throw NotAsWritten() }
        return Int64(value)
    }

    /// A text that may stand in a header field.
    fileprivate func header(_ name: String) throws(NotAsWritten) -> String {
        guard let text = self[name]?.string, !text.isEmpty, HeaderFields.isSafeValue(text) else { throw NotAsWritten() }
        return text
    }
}

extension JSONValue {
    static func moment(_ milliseconds: Int64?) -> JSONValue? {
        milliseconds.map { .number(JSONNumber(Int($0))) }
    }
}
