import Foundation
import HTTP
import JSON
import Synchronization
import Testing

@testable import Sandbox

/// A sandbox without sockets and with a clock that stands still until told otherwise.
struct Bench: Sendable {
    final class Clock: Sendable {
        let seconds = Mutex(1_800_000_000.0)

        func advance(_ by: Double) { seconds.withLock { $0 += by } }
    }

    let clock = Clock()
    let sandbox: Sandbox

    init(_ change: (inout SandboxOptions) -> Void = { _ in }) {
        let clock = clock
        var options = SandboxOptions { Date(timeIntervalSince1970: clock.seconds.withLock { $0 }) }
        change(&options)
        sandbox = Sandbox(options)
    }

    func send(
        _ method: String, _ url: String, _ headers: [(String, String)] = [], body: String = ""
    ) -> SandboxResponse {
        let isTLS = url.hasPrefix("https://")
        let rest = url.dropFirst(isTLS ? 8 : 7)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        return sandbox.answer(
            SandboxRequest(
                method, String(rest[slash...]), authority: String(rest[..<slash]), isTLS: isTLS,
                headers: HeaderFields(headers.map { HeaderField($0.0, $0.1) }), body: Array(body.utf8)))
    }

    /// With the identity's token, and as JSON where there is a body.
    func send(
        as identity: String, _ method: String, _ url: String, _ headers: [(String, String)] = [], body: String = ""
    ) throws -> SandboxResponse {
        let type = body.isEmpty ? [] : [("Content-Type", "application/json")]
        return send(method, url, [("Authorization", "Bearer \(try token(identity))")] + type + headers, body: body)
    }

    /// A fresh token of a demo identity.
    func token(_ identity: String, scope: String? = nil) throws -> String {
        let object = try #require(login(identity, scope: scope).json.object)
        return try #require((object["access_token"] ?? object["accessToken"])?.string)
    }

    /// The documented token request of an identity.
    ///
    /// - Parameter scope: comma-separated, in Zara 4's manner; SCALAR gets it as a list.
    func login(_ identity: String, scope: String? = nil, secret: String? = nil) throws -> SandboxResponse {
        let known = try #require(DemoCredential.all.first { $0.identity == identity })
        let secret = secret ?? known.secret
        let form = "grant_type=client_credentials&client_id=\(known.name)&client_secret=\(secret)"
        let list = (scope ?? "UMAPI,PLAPI").split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        let body =
            switch known.vendor {
            case .zara4: form + "&scope=" + (scope ?? "image-processing,usage")
            case .clarify: form + "&audience=https://api.clarify.test/"
            case .oidc: form
            case .zarv: #"{"username":"\#(known.name)","password":"\#(secret)"}"#
            case .clazar: #"{"client_id":"\#(known.name)","client_secret":"\#(secret)"}"#
            case .scalar:
                #"{"clientId":"\#(known.name)","clientSecret":"\#(secret)","audience":"API","scope":[\#(list)]}"#
            }
        return send("POST", known.vendor.tokenURL, [("Content-Type", known.vendor.tokenType)], body: body)
    }
}

extension Vendor {
    var tokenURL: String {
        switch self {
        case .zara4: "https://api.zara4.com/oauth/access_token"
        case .zarv: "https://services.zarv.com/api/v1/authentication"
        case .scalar: "https://auth.api.eu1.scalar.zf.com/v1/integrators/token"
        case .clazar: "https://api.clazar.io/authenticate/"
        case .clarify: "https://login.clarify.test/oauth/token"
        case .oidc: "https://login.oidc.test/token"
        }
    }

    var tokenType: String {
        [.zara4, .clarify, .oidc].contains(self) ? "application/x-www-form-urlencoded" : "application/json"
    }

    /// A list every full identity may read.
    var listURL: String {
        switch self {
        case .zara4: "https://api.zara4.com/v1/image/request"
        case .zarv: "https://api.zarv.com/v1/resource"
        case .scalar: "https://trailer.api.eu1.scalar.zf.com/v1/assets"
        case .clazar: "https://api.clazar.io/contracts/"
        case .clarify: "https://api.clarify.test/v1/items"
        case .oidc: "https://api.oidc.test/notes"
        }
    }
}

extension SandboxResponse {
    var json: JSONValue { (try? JSONDocument.parse(body))?.root.value ?? .null }

    var text: String { String(decoding: body, as: UTF8.self) }
}

/// The folder of this file's package.
enum Project {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func curl(_ name: String) throws -> String {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/vendor-curl/\(name)")
        return try String(contentsOf: file, encoding: .utf8)
    }
}
