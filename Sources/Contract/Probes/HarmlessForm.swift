package import HTTP

/// An unsafe request in a form that can never be processed: a guarded server refuses the caller, an unguarded one
/// complains about the form (auth-probes.md §4.1, rule 4).
package struct HarmlessForm: Sendable {
    package let request: HTTPRequest
    /// What makes it harmless; completes "sent …": `with a body that is no JSON`.
    package let words: String

    /// Bytes that begin JSON and are none.
    package static let brokenBody = Array(#"{"usher":"#.utf8)

    /// nil where the request has neither a JSON body nor an id in its path: it cannot be made harmless.
    ///
    /// - Parameters:
    ///   - request: every placeholder filled, no credential applied.
    ///   - idSegment: the last segment of the path that came from a placeholder, counted from 0; nil: none did.
    ///   - keepsBody: the credential goes into the body, which has to stay whole then.
    package init?(_ request: HTTPRequest, idSegment: Int?, keepsBody: Bool = false) {
        var changed = request
        var words: [String] = []
        if !keepsBody, Self.hasJSONBody(request) {
            changed.body = .bytes(Self.brokenBody)
            words.append("with a body that is no JSON")
        }
        if let idSegment, let path = ImpossibleID.path(request.url.path, at: idSegment) {
            changed.url.path = path
            words.append("with an id that cannot exist")
        }
        // A PUT may make what is not there yet (RFC 9110 §9.3.4): a made-up id alone would not be harmless.
        guard !words.isEmpty, request.method.rawValue != "PUT" || changed.body != request.body else { return nil }
        self.request = changed
        self.words = words.joined(separator: " and ")
    }

    private static func hasJSONBody(_ request: HTTPRequest) -> Bool {
        guard request.body.count > 0, let type = request.headers["Content-Type"]?.lowercased() else { return false }
        let media = type.prefix { $0 != ";" && $0 != " " }
        return media == "application/json" || media.hasSuffix("+json")
    }
}

/// An id of the kind of the real one that nothing has.
enum ImpossibleID {
    /// The path with another segment there; nil where it has none.
    static func path(_ path: String, at segment: Int) -> String? {
        var segments = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        // The first is what stands before the first slash: nothing.
        guard segment >= 0, segment + 1 < segments.count, !segments[segment + 1].isEmpty else { return nil }
        segments[segment + 1] = like(segments[segment + 1])
        return segments.joined(separator: "/")
    }

    /// A number stays one and a UUID one, so that the form alone does not give it away before the credential is looked at.
    static func like(_ id: String) -> String {
        if id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return "999999999999999999" }
        let groups = id.split(separator: "-", omittingEmptySubsequences: false)
        let isUUID =
            groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
        return isUUID ? "00000000-0000-0000-0000-000000000000" : "usher-no-such-id"
    }
}
