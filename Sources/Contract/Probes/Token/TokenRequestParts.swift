import HTTP
import JSON
import Providers
import Secrets
import Tokens

/// A token request taken apart into its members, so that one of them can be changed: what is not changed is written
/// again byte for byte.
struct TokenRequestParts: Sendable {
    /// Where a value of the request stands.
    enum Place: Sendable, Hashable {
        /// A member of the body or the query; longer paths lead into objects of a JSON body.
        case member([String])
        case basicID, basicSecret
    }

    /// How the members are written.
    enum Carrier: String, Sendable {
        case form, json, query
    }

    /// One `name=value` of a form or query.
    private struct Pair: Sendable {
        let name: String
        var text: String
        /// As it is written.
        var raw: String
    }

    /// Id and secret of an `Authorization` field.
    private struct Basic: Sendable {
        let scheme: String
        var id: String
        var secret: String
    }

    let carrier: Carrier
    private let original: HTTPRequest
    private let encoding: ClientAuthRules.Encoding
    private var pairs: [Pair] = []
    private var object = JSONObject()
    private var basic: Basic?
    /// Whether `Authorization` is written anew.
    private var basicIsChanged = false
    private var membersAreChanged = false

    /// nil where the request has no members that could be told apart: a text, XML, nothing at all.
    init?(_ request: HTTPRequest, encoding: ClientAuthRules.Encoding = .raw) {
        original = request
        self.encoding = encoding
        let type = request.headers["Content-Type"]?.lowercased() ?? ""
        switch request.body {
        case .bytes(let bytes) where type.hasPrefix("application/x-www-form-urlencoded"):
            carrier = .form
            pairs = Self.pairs(String(decoding: bytes, as: UTF8.self), isForm: true)
        case .bytes(let bytes) where type.hasPrefix("application/json"):
            guard let object = try? JSONDocument.parse(bytes).root.value.object else { return nil }
            carrier = .json
            self.object = object
        case .none:
            guard let query = request.url.query else { return nil }
            carrier = .query
            pairs = Self.pairs(query, isForm: false)
        case .bytes: return nil
        }
        readBasic()
    }

    private static func pairs(_ text: String, isForm: Bool) -> [Pair] {
        text.split(separator: "&").map { raw in
            let parts = raw.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? FormDecoding.text(parts[1]) : ""
            return Pair(name: FormDecoding.text(parts[0]), text: value, raw: String(raw))
        }
    }

    private mutating func readBasic() {
        let lines = original.headers.values("Authorization")
        let parts = (lines.first ?? "").split(separator: " ", maxSplits: 1)
        guard lines.count == 1, parts.count == 2, let bytes = Base64.decode(parts[1]) else { return }
        let pair = String(decoding: bytes, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        let texts = encoding == .form ? pair.map(FormDecoding.text) : pair.map(String.init)
        basic = Basic(scheme: String(parts[0]), id: texts[0], secret: texts[1])
    }

    // MARK: Reading

    /// Every text in it, in the order written; Basic last.
    var texts: [(place: Place, text: String)] {
        var result: [(Place, String)] = pairs.map { (.member([$0.name]), $0.text) }
        Self.collect(.object(object), [], into: &result)
        if let basic { result += [(.basicID, basic.id), (.basicSecret, basic.secret)] }
        return result.map { (place: $0.0, text: $0.1) }
    }

    private static func collect(_ value: JSONValue, _ path: [String], into result: inout [(Place, String)]) {
        switch value {
        case .string(let text): result.append((.member(path), text))
        case .object(let object): for member in object { collect(member.value, path + [member.name], into: &result) }
        case .null, .boolean, .number, .array: return
        }
    }

    /// The first text at that place.
    func text(_ place: Place) -> String? { texts.first { $0.place == place }?.text }

    /// The first text of a member at the top.
    func text(_ name: String) -> String? { text(.member([name])) }

    var hasBasic: Bool { basic != nil }

    // MARK: Changing

    mutating func set(_ place: Place, _ text: String) {
        switch place {
        case .basicID:
            basic?.id = text
            basicIsChanged = true
        case .basicSecret:
            basic?.secret = text
            basicIsChanged = true
        case .member(let path): set(path, .string(text))
        }
    }

    /// Sets a member of the top, in its place where it is there already; one that is no text only in JSON.
    mutating func set(_ name: String, _ value: JSONValue) { set([name], value) }

    private mutating func set(_ path: [String], _ value: JSONValue) {
        membersAreChanged = true
        guard carrier != .json else {
            object = Self.setting(object, path[...], value)
            return
        }
        let (name, text) = (path[0], value.string ?? value.text())
        if let place = pairs.firstIndex(where: { $0.name == name }) {
            let raw = String(pairs[place].raw.prefix { $0 != "=" })
            pairs[place] = Pair(name: name, text: text, raw: "\(raw)=\(encoded(text))")
        } else {
            pairs.append(Pair(name: name, text: text, raw: "\(encoded(name))=\(encoded(text))"))
        }
    }

    private static func setting(_ object: JSONObject, _ path: ArraySlice<String>, _ value: JSONValue?) -> JSONObject {
        guard let name = path.first else { return object }
        var object = object
        if path.count == 1 {
            object[name] = value
        } else {
            object[name] = .object(setting(object[name]?.object ?? JSONObject(), path.dropFirst(), value))
        }
        return object
    }

    /// Leaves a value out; half of Basic stays empty.
    mutating func remove(_ place: Place) {
        switch place {
        case .basicID, .basicSecret: set(place, "")
        case .member(let path):
            membersAreChanged = true
            if carrier == .json { object = Self.setting(object, path[...], nil) }
            pairs.removeAll { [$0.name] == path }
        }
    }

    /// Leaves `Authorization` out.
    mutating func removeBasic() {
        basicIsChanged = true
        basic = nil
    }

    mutating func addBasic(id: String, secret: String, scheme: String = "Basic") {
        basicIsChanged = true
        basic = Basic(scheme: scheme, id: id, secret: secret)
    }

    /// Writes a member of a form or query once more, behind the others.
    mutating func repeatMember(_ name: String) {
        guard let pair = pairs.first(where: { $0.name == name }) else { return }
        membersAreChanged = true
        pairs.append(pair)
    }

    private func encoded(_ text: String) -> String {
        carrier == .query ? PercentEncoding.encode(text) : PercentEncoding.form(text)
    }

    // MARK: Writing

    /// The members as `name=value`, encoded for a query; objects of a JSON body as JSON text.
    var query: String {
        guard carrier == .json else { return pairs.map(\.raw).joined(separator: "&") }
        return object.map { member in
            let text = member.value.string ?? member.value.text()
            return "\(PercentEncoding.encode(member.name))=\(PercentEncoding.encode(text))"
        }.joined(separator: "&")
    }

    /// The members of a form as a JSON object of texts, those of JSON as a form.
    func recoded() -> (type: String, body: String) {
        guard carrier != .json else { return ("application/x-www-form-urlencoded", query) }
        return ("application/json", JSONValue.object(JSONObject(pairs.map { ($0.name, .string($0.text)) })).text())
    }

    var request: HTTPRequest {
        var request = original
        if membersAreChanged {
            switch carrier {
            case .form: request.body = .bytes(Array(query.utf8))
            case .json: request.body = .bytes(Array(JSONValue.object(object).text().utf8))
            case .query: request.url.query = query
            }
        }
        if basicIsChanged { writeBasic(to: &request) }
        return request
    }

    /// The pair as `Authorization` carries it; nil without one.
    var basicPair: String? {
        guard let basic else { return nil }
        let texts = [basic.id, basic.secret].map { encoding == .form ? PercentEncoding.form($0) : $0 }
        return Base64.encode(Array(texts.joined(separator: ":").utf8))
    }

    private func writeBasic(to request: inout HTTPRequest) {
        guard let basic, let pair = basicPair else { return request.headers.removeAll(named: "Authorization") }
        let field = HeaderField("Authorization", "\(basic.scheme) \(pair)", isSensitive: true)
        if let place = request.headers.firstIndex(where: { HeaderFields.sameName($0.name, "Authorization") }) {
            request.headers.fields[place] = field
        } else {
            request.headers.append(field)
        }
    }
}
