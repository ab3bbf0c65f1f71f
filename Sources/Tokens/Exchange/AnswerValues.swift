import HTTP
import JSON
import Providers
import Secrets

/// Finds values in the answer of a token service.
struct AnswerValues {
    private let root: JSONNode?
    private let xml: XMLTree?
    private let format: TokenResponseRules.Format
    private let headers: HeaderFields

    /// The body in the profile's format; one that is not in it holds nothing.
    init(_ response: HTTPResponse, _ format: TokenResponseRules.Format) {
        headers = response.headers
        self.format = format
        xml = format == .xml ? XMLTree(response.body) : nil
        root =
            switch format {
            case .json: try? JSONDocument.parse(response.body).root
            case .form: Self.form(String(decoding: response.body, as: UTF8.self))
            // The whole body is at "", its elements at xpath:…
            case .text, .xml: Self.text(String(decoding: response.body, as: UTF8.self))
            }
    }

    /// Whether the body could be read at all.
    var isReadable: Bool { format == .xml ? xml != nil : root != nil }

    /// The first that is there and not null.
    func value(_ locators: Locators?) -> JSONValue? {
        for locator in locators?.alternatives ?? [] {
            if let value = value(locator), value != .null { return value }
        }
        return nil
    }

    /// As text; numbers too. nil for an empty text.
    func text(_ locators: Locators?) -> String? {
        value(locators).flatMap(TextForm.of).flatMap { $0.isEmpty ? nil : $0 }
    }

    func meets(_ condition: SuccessRules.Condition) -> Bool {
        let found = value(condition.at)
        return switch condition.test {
        case .equals(let wanted): found == wanted
        case .exists(let wanted): (found != nil) == wanted
        }
    }

    private func value(_ locator: Locator) -> JSONValue? {
        switch locator {
        case .pointer(let pointer): root.flatMap { pointer.find(in: $0)?.value }
        case .header(let name): headers.values(name).first.map { .string($0) }
        case .cookie(let name): cookie(name).map { .string($0) }
        case .xpath(let path): xml?.text(at: path).map { .string($0) }
        }
    }

    /// The body as a value, for `steps.ID.body`.
    var body: JSONValue { root?.value ?? .null }

    /// The places of its values, as a profile names them, and of fields that may be a credential.
    var names: [String] {
        let fields = headers.map(\.name).filter { name in
            ["token", "auth", "session", "key"].contains { name.lowercased().contains($0) }
        }
        return (root.map { Self.leaves($0, "", depth: 3) } ?? []) + fields.map { "header:\($0)" }
    }

    /// Of a list its first element.
    private static func leaves(_ node: JSONNode, _ place: String, depth: Int) -> [String] {
        if depth == 0 { return [place] }
        switch node.kind {
        case .object:
            return node.members.flatMap {
                leaves($0.value, place + JSONPointer.text(ofMember: $0.name), depth: depth - 1)
            }
        case .array:
            return node.elements.first { _ in true }.map { leaves($0, place + "/0", depth: depth - 1) } ?? [place]
        default: return place.isEmpty ? [] : [place]
        }
    }

    /// All cookies that the answer sets, as a `Cookie` header has them; nil where it sets none.
    var cookies: String? {
        let pairs = headers.values("Set-Cookie").compactMap { line -> String? in
            let pair = Self.trimmed(line.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)[0])
            return pair.contains("=") ? pair : nil
        }
        return pairs.isEmpty ? nil : pairs.joined(separator: "; ")
    }

    /// The value of a `Set-Cookie` line of that name (RFC 6265 §5.2).
    private func cookie(_ name: String) -> String? {
        for line in headers.values("Set-Cookie") {
            let pair = line.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)[0]
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, Self.trimmed(parts[0]) == name else { continue }
            return Self.trimmed(parts[1])
        }
        return nil
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }

    private static func text(_ body: String) -> JSONNode? {
        try? JSONDocument.parse(JSONWriter.quoted(trimmed(body))).root
    }

    private static func form(_ body: String) -> JSONNode? {
        var members: [(String, JSONValue)] = []
        for pair in trimmed(body).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            members.append((FormDecoding.text(parts[0]), .string(parts.count == 2 ? FormDecoding.text(parts[1]) : "")))
        }
        return try? JSONDocument.parse(JSONValue.object(JSONObject(members)).text()).root
    }
}
