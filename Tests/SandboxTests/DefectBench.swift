import HTTP
import JSON
import Testing

@testable import Sandbox

/// Requests for which defects are to be found, and what two answers are compared by.
extension Bench {
    /// A sandbox with these defects.
    static func with(_ ids: String...) throws -> Bench {
        let defects = try Set(ids.map { try #require(Defect.named($0), "\($0)") })
        return Bench { $0.defects = defects }
    }

    func anonymous(_ vendor: Vendor, _ method: String = "GET", path: String = "", body: String = "") -> SandboxResponse
    {
        send(method, vendor.listURL + path, body: body)
    }

    /// With a token of the vendor's first identity, changed.
    func get(
        _ vendor: Vendor, _ method: String = "GET", path: String = "", _ header: (String) -> [(String, String)]
    ) throws -> SandboxResponse {
        send(method, vendor.listURL + path, header(try token(vendor.rawValue)))
    }

    /// To Zara 4's token service; `%` stands for the right credential.
    func form(_ body: String, _ headers: [(String, String)] = [], _ vendor: Vendor = .zara4) throws -> SandboxResponse {
        let known = try #require(DemoCredential.all.first { $0.vendor == vendor })
        let credential =
            "client_id=\(known.name)&client_secret=\(known.secret)"
            + (vendor == .clarify ? "&audience=https://api.clarify.test/" : "")
        return send(
            "POST", vendor.tokenURL, [("Content-Type", vendor.tokenType)] + headers,
            body: body.replacing("%", with: credential))
    }

    func renew(_ token: String, scope: String? = nil) -> SandboxResponse {
        let scope = scope.map { #","scope":"\#($0)""# } ?? ""
        return send(
            "POST", Vendor.zarv.tokenURL + "/refresh", [("Content-Type", "application/json")],
            body: #"{"refreshToken":"\#(token)"\#(scope)}"#)
    }

    func zarvPair() throws -> (access: String, refresh: String) {
        let object = try login("zarv").object
        return (try #require(object["accessToken"]?.string), try #require(object["refreshToken"]?.string))
    }

    /// A login at Zarv, and the request with a token forged from its access token: header, claims and signature.
    func forged(
        header: String = #"{"alg":"HS256","typ":"JWT"}"#, signature: String? = nil, role: String? = nil
    ) throws -> SandboxResponse {
        let token = try self.token("zarv")
        let jwt = try #require(LooseJWT(token))
        var claims = jwt.claims
        if let role { claims["role"] = .string(role) }
        let payload = role == nil ? jwt.payload : Base64URL.encode(Array(JSONValue.object(claims).text().utf8))
        let whole = "\(Base64URL.encode(Array(header.utf8))).\(payload).\(signature ?? jwt.signature)"
        return send("GET", Vendor.zarv.listURL, Self.bearer(whole))
    }

    static func bearer(_ token: String) -> [(String, String)] { [("Authorization", "Bearer \(token)")] }
}

extension SandboxResponse {
    /// All that is the same whenever the same is asked: random parts of tokens and ids are left out.
    var facts: String {
        var lines =
            ["\(status)"]
            + headers.map { field in
                "\(field.name): \(field.name == "DPoP-Nonce" ? "<nonce>" : Self.stable(field.value))"
            }.sorted()
        var object = object
        for name in ["access_token", "accessToken", "refresh_token", "refreshToken"] {
            object[name] = object[name]?.string.map { .string(Self.shape($0)) }
        }
        lines.append(object.isEmpty ? text : Self.stable(JSONValue.object(object).text()))
        return lines.joined(separator: "\n")
    }

    private static func stable(_ text: String) -> String {
        text.replacing(#/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/#, with: "<uuid>")
    }

    /// An opaque token's form, a JWT's header and claims.
    private static func shape(_ token: String) -> String {
        guard let jwt = LooseJWT(token) else {
            return "\(token.utf8.count) bytes, \(token.utf8.allSatisfy { $0 < 0x80 } ? "ASCII" : "not ASCII"), "
                + (token.allSatisfy(\.isNumber) ? "digits" : "letters")
        }
        return stable(JSONValue.object(jwt.header).text() + JSONValue.object(jwt.claims).text())
    }
}
