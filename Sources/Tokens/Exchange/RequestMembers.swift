import JSON
import Secrets

/// The members of a token request in order; one that is set again keeps its place, null leaves one out.
struct RequestMembers {
    private(set) var members: [(name: String, value: JSONValue)] = []

    mutating func set(_ name: String, _ value: JSONValue) {
        if let place = members.firstIndex(where: { $0.name == name }) {
            members[place].value = value
        } else {
            members.append((name, value))
        }
    }

    mutating func set(_ object: JSONObject) {
        for member in object { set(member.name, member.value) }
    }

    var present: [(name: String, value: JSONValue)] { members.filter { $0.value != .null } }

    /// Names and values as text, arrays as repetitions.
    ///
    /// - Throws: the name whose value is an object.
    func pairs() throws(NotText) -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        for (name, value) in present {
            for element in value.array ?? [value] where element != .null {
                guard let text = TextForm.of(element) else { throw NotText(name: name) }
                result.append((name, text))
            }
        }
        return result
    }

    struct NotText: Error { let name: String }

    /// `application/x-www-form-urlencoded`.
    func form() throws(NotText) -> String {
        try pairs().map { "\(PercentEncoding.form($0.name))=\(PercentEncoding.form($0.value))" }.joined(separator: "&")
    }

    func query() throws(NotText) -> String {
        try pairs().map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}

/// A JSON value inside text.
enum TextForm {
    static func of(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .boolean(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
