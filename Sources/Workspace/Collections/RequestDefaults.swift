import Expectations
import JSON

/// What `defaults` of the objects around a request give it (formats.md R0: headers, query, expect.headers and expect.json
/// merge by name, everything else is replaced whole).
struct RequestDefaults: Sendable {
    var headers: [Parameter] = []
    var query: [Parameter] = []
    var timeout: Duration?
    var redirects: Int?
    var expectation: Expectation?
    var denies: RequestContract.Denies?

    func merging(_ node: JSONNode?, _ context: inout ReadingContext) -> RequestDefaults {
        guard let node, let reader = MemberReader(node, CollectionTables.defaults, &context) else { return self }
        var result = self
        result.headers = Parameter.merge(headers, Parameter.read(reader["headers"], &context))
        result.query = Parameter.merge(query, Parameter.read(reader["query"], &context), ignoringCase: false)
        result.timeout = DurationReader.read(reader["timeout"], &context) ?? timeout
        result.redirects = RequestReader.redirects(reader["redirects"], &context) ?? redirects
        if let expect = reader["expect"], let own = Expectation(expect, &context) {
            result.expectation = Self.merge(own, over: expectation)
        }
        if let denies = reader["denies"] { result.denies = ContractReader.denies(denies, &context) }
        return result
    }

    static func merge(_ own: Expectation?, over defaults: Expectation?) -> Expectation? {
        guard let own, let defaults else { return own ?? defaults }
        return own.merging(defaults)
    }
}

/// The same defaults for all requests of a group.
final class SharedDefaults: Sendable {
    let defaults: RequestDefaults

    init(_ defaults: RequestDefaults) { self.defaults = defaults }
}

enum DurationReader {
    static func read(_ node: JSONNode?, _ context: inout ReadingContext) -> Duration? {
        guard let node, let text = node.string else { return nil }
        guard let duration = DurationText.parse(text), duration > .zero else {
            context.error(
                "bad-duration", "'\(text)' is not a duration", at: node,
                help: "write \"250ms\", \"10s\", \"5m\" or \"1h\"")
            return nil
        }
        return duration
    }
}
