import HTTP
import JSON
import Synchronization

// MARK: Short ways to write a defect

extension Defect {
    /// A defect that the service itself asks for, by `settings.has`.
    static func inside(_ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every) -> Defect {
        Defect(id, summary, vendors)
    }

    static func token(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ layer: @escaping Faults.Layer<TokenAnswer>
    ) -> Defect {
        Defect(id, summary, vendors) { $0.token.append(layer) }
    }

    /// Changes what the token service gets to see.
    static func tokenRequest(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ change: @escaping @Sendable (inout SandboxRequest, FaultScene) -> Void
    ) -> Defect {
        token(id, summary, vendors) { request, scene, next in
            var changed = request
            change(&changed, scene)
            return next(changed)
        }
    }

    /// Changes what the token service answers.
    static func tokenAnswer(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ change: @escaping @Sendable (inout SandboxResponse, SandboxRequest) -> Void
    ) -> Defect {
        token(id, summary, vendors) { request, _, next in
            var answer = next(request)
            change(&answer.response, request)
            return answer
        }
    }

    /// Changes the members of an answer that gives a token.
    static func granted(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every, refresh: Bool? = nil,
        _ change: @escaping @Sendable (inout JSONObject) -> Void
    ) -> Defect {
        token(id, summary, vendors) { request, _, next in
            var answer = next(request)
            if answer.isGrant, refresh == nil || refresh == (answer.outcome == .refreshed) {
                answer.response.editObject(change)
            }
            return answer
        }
    }

    /// Changes an error answer of the token service that has this code; nil: each.
    static func tokenError(
        _ id: String, _ summary: String, _ code: String?, _ vendors: Set<Vendor> = Vendor.form,
        _ change: @escaping @Sendable (inout SandboxResponse, SandboxRequest) -> Void
    ) -> Defect {
        tokenAnswer(id, summary, vendors) { response, request in
            guard response.status >= 400, code == nil || response.object["error"]?.string == code else { return }
            change(&response, request)
        }
    }

    static func api(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ layer: @escaping Faults.Layer<APIAnswer>
    ) -> Defect {
        Defect(id, summary, vendors) { $0.api.append(layer) }
    }

    /// Changes what the door and the API get to see.
    static func apiRequest(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ change: @escaping @Sendable (inout SandboxRequest, FaultScene) -> Void
    ) -> Defect {
        api(id, summary, vendors) { request, scene, next in
            var changed = request
            change(&changed, scene)
            return next(changed)
        }
    }

    static func apiAnswer(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ change: @escaping @Sendable (inout SandboxResponse, SandboxRequest) -> Void
    ) -> Defect {
        api(id, summary, vendors) { request, _, next in
            var answer = next(request)
            change(&answer.response, request)
            return answer
        }
    }

    /// A token that the door refuses is taken for somebody's after all.
    static func leniency(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        _ holder: @escaping @Sendable (String, FaultScene) -> Principal?
    ) -> Defect {
        apiRequest(id, summary, vendors) { request, scene in
            guard let token = request.bearerToken, scene.caller(request) == nil else { return }
            request.admitted = holder(token, scene)
        }
    }

    /// A GET without any credential is answered as if the vendor's first credential had come with it.
    static func open(_ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every) -> Defect {
        api(id, summary, vendors) { request, scene, next in
            guard request.method == "GET", request.isAnonymous else { return next(request) }
            let served = next(request.admitting(scene.stranger?.principal()))
            return served.response.isSuccess ? served : next(request)
        }
    }
}

// MARK: Requests

extension SandboxRequest {
    var isAnonymous: Bool { !headers.contains(name: "Authorization") && queryFields["access_token"] == nil }

    /// What stands behind `Bearer` in the one Authorization header.
    var bearerToken: String? {
        let lines = headers.values("Authorization")
        guard lines.count == 1, let line = lines.first, line.lowercased().hasPrefix("bearer ") else { return nil }
        return String(line.dropFirst(7).drop { $0 == " " })
    }

    func admitting(_ principal: Principal?) -> SandboxRequest {
        var copy = self
        copy.admitted = principal
        return copy
    }

    mutating func setHeader(_ name: String, _ value: String?) {
        headers.removeAll(named: name)
        if let value { headers.append(HeaderField(name, value)) }
    }

    var isForm: Bool { mediaType == "application/x-www-form-urlencoded" }

    /// Of the form body, in order.
    var form: [(name: String, value: String)] {
        get { isForm ? FormFields(String(decoding: body, as: UTF8.self)).fields : [] }
        set {
            let pairs = newValue.map { "\(FormFields.encode($0.name))=\(FormFields.encode($0.value))" }
            body = Array(pairs.joined(separator: "&").utf8)
        }
    }

    func formValue(_ name: String) -> String? { form.first { $0.name == name }?.value }

    /// The JSON body's members; empty for any other body.
    var object: JSONObject {
        get { (try? JSONDocument.parse(body))?.root.value.object ?? [:] }
        set { body = Array(JSONValue.object(newValue).text().utf8) }
    }

    /// The method is one that changes nothing (RFC 9110 §9.2.1).
    var isSafe: Bool { ["GET", "HEAD", "OPTIONS", "TRACE"].contains(method) }

    /// The documented login of a credential, sent where this request went.
    func asLogin(of known: DemoCredential, _ hosts: VendorHosts) -> SandboxRequest {
        var copy = self
        copy.method = "POST"
        copy.query = nil
        copy.setHeader("Authorization", nil)
        copy.setHeader("Content-Type", known.usesForm ? "application/x-www-form-urlencoded" : "application/json")
        copy.body = Array(known.loginBody(audience: "https://\(hosts.api.first ?? "")/").utf8)
        return copy
    }
}

extension DemoCredential {
    var usesForm: Bool { Vendor.form.contains(vendor) }

    /// What the vendor's page says to send; every scope the credential may have.
    ///
    /// - Parameter audience: Clarify's.
    func loginBody(audience: String) -> String {
        let form = "grant_type=client_credentials&client_id=\(name)&client_secret=\(secret)"
        return switch vendor {
        case .zara4: form + "&scope=image-processing,usage"
        case .clarify: form + "&audience=\(audience)"
        case .zarv: #"{"username":"\#(name)","password":"\#(secret)"}"#
        case .clazar: #"{"client_id":"\#(name)","client_secret":"\#(secret)"}"#
        case .scalar:
            #"{"clientId":"\#(name)","clientSecret":"\#(secret)","audience":"API","scope":["UMAPI","PLAPI"]}"#
        }
    }
}

// MARK: Answers

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

// MARK: Memory

/// What a fault remembers between requests; forgets all once it has grown too large.
final class FaultMemory: Sendable {
    private let values = Mutex<[String: String]>([:])
    private static let capacity = 10_000

    subscript(key: String) -> String? {
        get { values.withLock { $0[key] } }
        set {
            values.withLock { values in
                if values.count >= Self.capacity { values.removeAll() }
                values[key] = newValue
            }
        }
    }

    /// Whether this is the first time.
    func isNew(_ key: String) -> Bool {
        values.withLock { values in
            if values.count >= Self.capacity { values.removeAll() }
            return values.updateValue("", forKey: key) == nil
        }
    }
}

/// A JWT whose signature nobody has looked at.
struct LooseJWT: Sendable {
    let header: JSONObject
    let claims: JSONObject
    /// As they stand in the token; the signature is empty where there is none.
    let payload: String
    let signature: String

    init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let header = Self.object(parts[0]), let claims = Self.object(parts[1])
        else { return nil }
        self.header = header
        self.claims = claims
        payload = String(parts[1])
        signature = parts.count == 3 ? String(parts[2]) : ""
    }

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64URL.decode(part), let document = try? JSONDocument.parse(bytes) else { return nil }
        return document.root.value.object
    }
}
