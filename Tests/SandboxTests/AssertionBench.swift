import Crypto
import HTTP
import JSON
import Synchronization
import Testing

@testable import Sandbox

/// Requests with assertions that the demo key signed.
extension Bench {
    static let signer = OIDCDemoKey.client

    /// A good one for the client, unless changed; each with a `jti` of its own.
    func assertion(_ change: (inout JSONObject) -> Void = { _ in }) throws -> String {
        let members = try #require((try JSONDocument.parse(Array(OIDCDemoKey.jwk.utf8))).root.value.object)
        let raw = try #require(Base64URL.decode(Substring(members["d"]?.string ?? "")))
        let now = Int(clock.seconds.withLock { $0 })
        var claims: JSONObject = [
            "iss": .string(Self.signer), "sub": .string(Self.signer), "aud": "https://login.oidc.test/token",
            "iat": .integer(now), "exp": .integer(now + 60), "jti": .string(Identifier.uuid()),
        ]
        change(&claims)
        let signer = ES256Signer(try P256.Signing.PrivateKey(rawRepresentation: raw), keyID: "demo-oidc-key-not-real")
        return try #require(signer.sign(claims, type: "JWT"))
    }

    /// With the end that many seconds from now.
    func assertion(ending seconds: Int) throws -> String {
        let now = Int(clock.seconds.withLock { $0 })
        return try assertion { $0["exp"] = .integer(now + seconds) }
    }

    /// A login of the client with it.
    func signedLogin(_ assertion: String, _ more: String = "&grant_type=client_credentials") -> SandboxResponse {
        let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        return tokenPost("client_assertion_type=\(type)&client_assertion=\(assertion)\(more)")
    }

    /// The assertion as the grant.
    func bearerLogin(_ assertion: String, _ more: String = "") -> SandboxResponse {
        tokenPost("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=\(assertion)\(more)")
    }

    static let jwtType = "urn:ietf:params:oauth:token-type:jwt"
    static let accessType = "urn:ietf:params:oauth:token-type:access_token"

    /// A JWT about a user who may read, to be exchanged.
    func subjectToken(_ change: (inout JSONObject) -> Void = { _ in }) throws -> String {
        try assertion { claims in
            claims["sub"] = "user-ada"
            claims["jti"] = nil
            claims["scope"] = "notes:read"
            change(&claims)
        }
    }

    /// By a client with a secret.
    ///
    /// - Parameter type: of the token; nil: not said.
    func exchange(
        _ token: String, _ type: String?, _ more: String = "", client: String = "acme"
    ) -> SandboxResponse {
        let credential = "&client_id=demo-oidc-client-\(client)&client_secret=demo-oidc-secret-\(client)-not-real"
        let kind = type.map { "&subject_token_type=\($0)" } ?? ""
        return tokenPost(
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=\(token)\(kind)\(credential)\(more)"
        )
    }

    func tokenPost(_ body: String) -> SandboxResponse {
        send("POST", Vendor.oidc.tokenURL, [("Content-Type", "application/x-www-form-urlencoded")], body: body)
    }

    /// The same with its signature changed.
    static func altered(_ assertion: String) -> String {
        guard let dot = assertion.lastIndex(of: ".") else { return assertion }
        let first = assertion.index(after: dot)
        return String(assertion[...dot]) + (assertion[first] == "A" ? "B" : "A")
            + assertion[assertion.index(after: first)...]
    }
}
