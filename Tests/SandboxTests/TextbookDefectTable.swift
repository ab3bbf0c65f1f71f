import Crypto
import Foundation
import HTTP
import JSON
import Testing

@testable import Sandbox

/// Requests to the textbook server whose answers its defects must change.
extension DefectTable {
    private static let login = "https://login.oidc.test"

    static let textbook: [String: Fitting] = care.merging(tokens) { one, _ in one }.merging(descriptions) { one, _ in
        one
    }

    private static let tokens: [String: Fitting] = [
        "JWT-08": { bench in
            let published = bench.send("GET", login + "/jwks").object["keys"]?.array?.first?.object
            let point = try ["x", "y"].flatMap { name in
                try #require(Base64URL.decode(Substring(published?[name]?.string ?? "")))
            }
            let token = try bench.token("oidc")
            let parts = token.split(separator: ".")
            let signature = try P256.Signing.ECDSASignature(
                rawRepresentation: try #require(Base64URL.decode(parts[2])))
            let fits = try P256.Signing.PublicKey(rawRepresentation: point)
                .isValidSignature(signature, for: Array("\(parts[0]).\(parts[1])".utf8))
            return [SandboxResponse(fits ? 1 : 0)]
        },
        "JWT-11": { bench in
            let token = try bench.token("oidc")
            let jwt = try #require(LooseJWT(token))
            let set = bench.send("GET", login + "/jwks").object["keys"]?.array?.first
            let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"at+jwt"}"#.utf8))
            let signed = "\(header).\(jwt.payload)"
            let key = SymmetricKey(data: Array(try #require(set).text().utf8))
            let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: key)
            return [bench.opens(signed + "." + Base64URL.encode(Array(code)))]
        },
        "RES-27": { bench in
            let token = try bench.token("oidc")
            _ = bench.care("/revoke", "token=\(token)")
            return [bench.opens(token)]
        },
        "REF-08": { bench in
            let user = "&username=ada@acme.test&password=demo-oidc-password-ada-not-real"
            let first = bench.app("password" + user).object["refresh_token"]?.string ?? ""
            let second = bench.app("refresh_token&refresh_token=\(first)").object["refresh_token"]?.string
            return [SandboxResponse(second == first ? 1 : 0)]
        },
        "RES-29": { bench in
            let client = "client_id=demo-oidc-client-acme&client_secret=demo-oidc-secret-acme-not-real"
            let answer = bench.send(
                "POST", "https://login.other.test/token", bench.form, body: "grant_type=client_credentials&" + client)
            return [bench.opens(try #require(answer.object["access_token"]?.string))]
        },
        "RES-31": { bench in
            [bench.opens(try #require(bench.desk("&scope=openid%20notes:read").object["id_token"]?.string))]
        },
        "TOK-33": { bench in
            try (1...9).map { _ in try bench.form("grant_type=client_credentials&client_id=nobody&client_secret=x") }
        },
        "REF-14": { bench in
            let pair = try bench.zarvPair()
            _ = bench.renew(pair.refresh)
            return [bench.send("GET", Vendor.zarv.listURL, Bench.bearer(pair.access))]
        },
    ]

    private static let care: [String: Fitting] = [
        "REV-01": { [$0.send("GET", login + "/revoke?token=x", $0.basic)] },
        "REV-02": about("/revoke", "&token_type_hint=access_token"),
        "REV-03": { [$0.care("/revoke", "token=nobody-issued-it")] },
        "REV-04": { [$0.care("/revoke", "x=y")] },
        "REV-05": { [$0.send("POST", login + "/revoke", $0.form, body: "token=x&client_id=a&client_secret=b")] },
        "REV-06": afterwards("refresh_token"), "REV-07": about("/revoke", "&token_type_hint=another"),
        "REV-08": { bench in
            let token = try bench.token("oidc")
            _ = bench.care("/revoke", "token=\(token)", client: "globex")
            return [bench.opens(token)]
        },
        "REV-09": afterwards("access_token"),
        "REV-10": { bench in
            let answer = bench.desk("")
            let refresh = try #require(answer.object["refresh_token"]?.string)
            _ = bench.care("/revoke", "token=\(refresh)", client: "desk")
            return [bench.opens(try #require(answer.object["access_token"]?.string))]
        },
        "REV-11": { [$0.care("/revoke", "token=nobody-issued-it")] },
        "INT-01": { [$0.send("GET", login + "/introspect?token=x", $0.basic)] },
        "INT-02": { [$0.send("POST", login + "/introspect", $0.form, body: "token=x")] },
        "INT-03": about("/introspect"), "INT-04": { [$0.care("/introspect", "token=nobody-issued-it")] },
        "INT-05": { [$0.care("/introspect", "token=nobody-issued-it")] }, "INT-06": about("/introspect"),
        "INT-07": about("/introspect"),
        "INT-08": { bench in
            let token = try bench.token("oidc")
            _ = bench.care("/introspect", "token=\(token)")
            _ = bench.care("/revoke", "token=\(token)&token_type_hint=access_token")
            return [bench.care("/introspect", "token=\(token)")]
        },
        "INT-09": about("/introspect"), "INT-10": about("/introspect", "&token_type_hint=refresh_token"),
    ]

    private static let descriptions: [String: Fitting] = {
        let ids = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 23].map { "DIS-" + ($0 < 10 ? "0" : "") + "\($0)" }
        let described: Fitting = { [$0.send("GET", login + "/.well-known/openid-configuration")] }
        let own: Fitting = { [$0.send("GET", "https://api.oidc.test/.well-known/oauth-protected-resource")] }
        return Dictionary(uniqueKeysWithValues: (ids + ["TOK-36"]).map { ($0, described) })
            .merging(["DIS-18", "DIS-19", "DIS-21", "DIS-22"].map { ($0, own) }) { $1 }
            .merging(["DIS-20": { [$0.anonymous(.oidc)] }]) { $1 }
    }()

    /// A question or an order about a token just issued.
    private static func about(_ path: String, _ more: String = "") -> Fitting {
        { bench in [bench.care(path, "token=\(try bench.token("oidc"))\(more)")] }
    }

    /// What is left of a token after its revocation.
    private static func afterwards(_ hint: String) -> Fitting {
        { bench in
            let token = try bench.token("oidc")
            _ = bench.care("/revoke", "token=\(token)&token_type_hint=\(hint)")
            return [bench.opens(token)]
        }
    }
}

extension Bench {
    fileprivate var form: [(String, String)] { [("Content-Type", "application/x-www-form-urlencoded")] }

    fileprivate var basic: [(String, String)] {
        let pair = "demo-oidc-client-acme:demo-oidc-secret-acme-not-real"
        return [("Authorization", "Basic " + Data(pair.utf8).base64EncodedString())]
    }

    fileprivate func care(_ path: String, _ body: String, client: String = "acme") -> SandboxResponse {
        let credential = "&client_id=demo-oidc-client-\(client)&client_secret=demo-oidc-secret-\(client)-not-real"
        return send("POST", "https://login.oidc.test" + path, form, body: body + credential)
    }

    fileprivate func desk(_ more: String) -> SandboxResponse {
        let user = "grant_type=password&username=ada@acme.test&password=demo-oidc-password-ada-not-real"
        return care("/token", user + more, client: "desk")
    }

    /// A token request of the client without secret.
    fileprivate func app(_ grant: String) -> SandboxResponse {
        send("POST", "https://login.oidc.test/token", form, body: "client_id=demo-oidc-client-app&grant_type=\(grant)")
    }

    fileprivate func opens(_ token: String) -> SandboxResponse {
        SandboxResponse(send("GET", Vendor.oidc.listURL, Self.bearer(token)).status)
    }
}
