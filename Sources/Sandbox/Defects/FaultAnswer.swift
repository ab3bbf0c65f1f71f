import HTTP
import JSON

/// What faults ask of an answer and change in it.
extension SandboxResponse {
    var isSuccess: Bool { (200..<300).contains(status) }

    var object: JSONObject { (try? JSONDocument.parse(body))?.root.value.object ?? [:] }

    mutating func editObject(_ change: (inout JSONObject) -> Void) {
        guard var object = (try? JSONDocument.parse(body))?.root.value.object else { return }
        change(&object)
        body = Array(JSONValue.object(object).text().utf8)
    }

    mutating func setHeader(_ name: String, _ value: String?) {
        headers.removeAll(named: name)
        if let value { headers.append(HeaderField(name, value)) }
    }

    /// Changes each challenge.
    mutating func editChallenge(_ change: (String) -> String) {
        for place in headers.fields.indices
        where HeaderFields.sameName(headers.fields[place].name, "WWW-Authenticate") {
            headers.fields[place].value = change(headers.fields[place].value)
        }
    }

    /// A challenge that names no error: nothing was sent that could be one.
    var isPlainChallenge: Bool {
        status == 401 && headers["WWW-Authenticate"].map { !$0.contains("error=") } ?? false
    }

    func challengeNames(_ error: String) -> Bool {
        headers["WWW-Authenticate"]?.contains("error=\"\(error)\"") ?? false
    }
}

extension TokenAnswer {
    var isGrant: Bool { outcome == .issued || outcome == .refreshed }
}

extension JSONObject {
    static let tokenNames = ["access_token", "accessToken"]
    static let typeNames = ["token_type", "tokenType"]
    static let expiryNames = ["expires_in", "expiresIn"]

    /// The member of one of these names, as the vendor spells it; setting nil takes it away.
    subscript(names names: [String]) -> JSONValue? {
        get { names.lazy.compactMap { self[$0] }.first }
        set { for name in names where self[name] != nil { self[name] = newValue } }
    }
}
