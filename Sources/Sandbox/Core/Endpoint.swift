import HTTP
import JSON

/// One method of one API path, what a caller needs for it, and what it does.
struct Endpoint: Sendable {
    let method: String
    let pattern: PathPattern
    /// All of these grants; empty: any valid token.
    let needs: Set<String>
    /// Whether this call only reads; a GET always does.
    let isRead: @Sendable (Call) -> Bool
    let run: @Sendable (Call) throws(Refusal) -> SandboxResponse

    init(
        _ method: String, _ pattern: String, needs: Set<String> = [],
        isRead: @escaping @Sendable (Call) -> Bool = { _ in false },
        _ run: @escaping @Sendable (Call) throws(Refusal) -> SandboxResponse
    ) {
        self.method = method
        self.pattern = PathPattern(pattern)
        self.needs = needs
        self.isRead = { method == "GET" || isRead($0) }
        self.run = run
    }
}

/// `/v1/resource/{id}`: fixed segments and `{…}` for any one segment; slashes count, a trailing one too.
struct PathPattern: Sendable, Equatable {
    private let segments: [Substring]

    init(_ text: String) {
        segments = text.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The decoded values of the placeholders, nil where the path is another.
    func match(_ path: String) -> [String]? {
        let given = path.split(separator: "/", omittingEmptySubsequences: false)
        guard given.count == segments.count else { return nil }
        var values: [String] = []
        for (segment, part) in zip(segments, given) {
            if segment.hasPrefix("{") {
                guard !part.isEmpty else { return nil }
                values.append(FormFields.decode(part, plusIsSpace: false))
            } else if segment != part {
                return nil
            }
        }
        return values
    }
}

/// Who a valid token stands for.
struct Principal: Sendable, Hashable {
    /// The client id or user name; shown in the statistics, so never a secret.
    var client: String
    /// Whose objects it sees.
    var tenant: String
    /// Scopes, features or role permissions, whatever the vendor calls them.
    var grants: Set<String>
    var role: String?
}

/// An admitted API request on its way to an endpoint.
struct Call: Sendable {
    let request: SandboxRequest
    let principal: Principal
    /// The values of the pattern's placeholders.
    let parameters: [String]

    var tenant: String { principal.tenant }
    /// The first placeholder.
    var id: String { parameters.first ?? "" }

    /// The body as a JSON object.
    func object() throws(Refusal) -> JSONObject {
        guard request.mediaType == "application/json" else { throw .wrongMediaType("application/json") }
        guard let document = try? JSONDocument.parse(request.body) else { throw .badRequest("the body is not JSON") }
        guard let object = document.root.value.object else { throw .badRequest("the body must be a JSON object") }
        return object
    }

    /// A page as the query asks for it.
    func page(_ number: String = "page", _ size: String = "limit", standard: Int = 20) throws(Refusal) -> Page {
        let fields = request.queryFields
        let page = try whole(fields[number], number, 1...1_000_000) ?? 1
        return Page(number: page, size: try whole(fields[size], size, 1...100) ?? standard)
    }

    private func whole(_ text: String?, _ name: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let text else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw .badRequest("'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}

/// A piece of a list, counted from page 1.
struct Page: Sendable, Equatable {
    var number: Int
    var size: Int

    func slice<Element>(_ all: [Element]) -> ArraySlice<Element> {
        let start = min((number - 1) * size, all.count)
        return all[start..<min(start + size, all.count)]
    }
}
