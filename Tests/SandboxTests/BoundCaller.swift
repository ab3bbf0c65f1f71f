import Crypto
import Foundation
import HTTP
import JSON
import Testing

@testable import Sandbox

/// A caller who binds tokens to a key (RFC 9449), written from the RFC and from nothing of the sandbox's.
struct BoundCaller {
    let bench: Bench
    var key = P256.Signing.PrivateKey()
    var client = "acme"
    private static let login = "https://login.oidc.test/token"

    init(_ bench: Bench) { self.bench = bench }

    private static func base64url(_ bytes: some DataProtocol) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private var point: (x: String, y: String) {
        let raw = key.publicKey.rawRepresentation
        return (Self.base64url(raw.prefix(32)), Self.base64url(raw.suffix(32)))
    }

    /// RFC 7638 §3.
    var thumbprint: String {
        let text = #"{"crv":"P-256","kty":"EC","x":"\#(point.x)","y":"\#(point.y)"}"#
        return Self.base64url(Data(SHA256.hash(data: Data(text.utf8))))
    }

    static func hash(_ token: String) -> String { base64url(Data(SHA256.hash(data: Data(token.utf8)))) }

    /// - Parameters:
    ///   - claims: in place of the usual ones.
    ///   - header: the same for the header.
    func proof(
        _ method: String, _ url: String, _ claims: JSONObject = [:], header: JSONObject = [:]
    ) throws -> String {
        var all: JSONObject = [
            "jti": .string(UUID().uuidString), "htm": .string(method), "htu": .string(url), "iat": 1_800_000_000,
        ]
        all.merge(claims)
        var head: JSONObject = [
            "typ": "dpop+jwt", "alg": "ES256",
            "jwk": ["kty": "EC", "crv": "P-256", "x": .string(point.x), "y": .string(point.y)],
        ]
        head.merge(header)
        let signed = [head, all].map { object in
            Self.base64url(Data(JSONValue.object(object).text().utf8))
        }.joined(separator: ".")
        return signed + "." + Self.base64url(try key.signature(for: Data(signed.utf8)).rawRepresentation)
    }

    func logIn(_ proofs: [String]) -> SandboxResponse {
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        let body =
            "grant_type=client_credentials&client_id=demo-oidc-client-\(client)"
            + "&client_secret=demo-oidc-secret-\(client)-not-real"
        return bench.send("POST", Self.login, form + proofs.map { ("DPoP", $0) }, body: body)
    }

    /// What the token service gives to those who have none.
    func tokenNonce() throws -> JSONValue {
        .string(try #require(logIn([try proof("POST", Self.login)]).headers["DPoP-Nonce"]))
    }

    /// A good token request.
    func logIn() throws -> SandboxResponse {
        logIn([try proof("POST", Self.login, ["nonce": try tokenNonce()])])
    }

    /// A user of the client that has no secret.
    func logInUser() throws -> SandboxResponse {
        try app("grant_type=password&username=ada@acme.test&password=demo-oidc-password-ada-not-real")
    }

    func renew(_ refresh: String) throws -> SandboxResponse {
        try app("grant_type=refresh_token&refresh_token=\(refresh)")
    }

    private func app(_ body: String) throws -> SandboxResponse {
        let proof = try proof("POST", Self.login, ["nonce": try tokenNonce()])
        return bench.send(
            "POST", Self.login, [("Content-Type", "application/x-www-form-urlencoded"), ("DPoP", proof)],
            body: body + "&client_id=demo-oidc-client-app")
    }

    func token() throws -> String { try #require(try logIn().object["access_token"]?.string) }

    func get(_ token: String, _ proofs: [String], scheme: String = "DPoP") -> SandboxResponse {
        bench.send(
            "GET", Vendor.oidc.listURL, [("Authorization", "\(scheme) \(token)")] + proofs.map { ("DPoP", $0) })
    }

    /// What a good proof for a call of the API has beside method and address.
    func claims(_ token: String) throws -> JSONObject {
        let first = get(token, [try proof("GET", Vendor.oidc.listURL, ["ath": .string(Self.hash(token))])])
        return ["ath": .string(Self.hash(token)), "nonce": .string(try #require(first.headers["DPoP-Nonce"]))]
    }
}
