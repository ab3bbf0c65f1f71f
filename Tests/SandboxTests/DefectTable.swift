import HTTP
import JSON
import Testing

@testable import Sandbox

/// For each defect requests whose answers it must change.
enum DefectTable {
    typealias Fitting = @Sendable (Bench) throws -> [SandboxResponse]

    static let fitting: [String: Fitting] = [
        tokens, renewal, resources, forged, messages, zara4, zarv, scalar, others, textbook, signed, possession,
    ]
    .reduce(into: [:]) { $0.merge($1) { one, _ in one } }

    // MARK: Token services

    private static let grant = "grant_type=client_credentials&%"
    private static let basic = ("Authorization", "Basic eDp5")

    private static let login: Fitting = { bench in try Vendor.served.map { try bench.login($0.rawValue) } }

    private static func form(_ body: String, _ headers: (String, String)...) -> Fitting {
        { [try $0.form(body, headers)] }
    }

    private static let wrongSecret: Fitting = { bench in
        try Vendor.allCases.map { try bench.login($0.rawValue, secret: "demo-but-wrong") }
    }

    private static let limited: Fitting = { bench in try (1...11).map { _ in try bench.login("clarify") }.suffix(1) }

    private static let tokens: [String: Fitting] = [
        "TOK-01": { [$0.send("POST", "http://services.zarv.com/api/v1/authentication")] },
        "TOK-02": { [$0.send("GET", Vendor.zara4.tokenURL + "?grant_type=client_credentials&client_id=x")] },
        "TOK-03": { [$0.send("GET", Vendor.zara4.tokenURL)] },
        "TOK-04": { [$0.send("POST", Vendor.zarv.tokenURL + "?username=x&password=y")] },
        "TOK-05": { bench in
            // The standard alphabet, as this pair happens to need no other characters.
            let pair = "demo-zara4-client-acme:demo-zara4-secret-acme-not-real"
            let text = Base64URL.encode(Array(pair.utf8))
            let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
            return [try bench.form("grant_type=client_credentials", [("Authorization", "Basic \(padded)")])]
        },
        "TOK-06": form(grant + "&colour=blue"), "TOK-07": form(grant + "&scope="),
        "TOK-08": form(grant + "&scope=usage&scope=usage"), "TOK-09": form("%"),
        "TOK-10": form("grant_type=telepathy&%"), "TOK-11": form("grant_type=authorization_code&%"),
        "TOK-12": wrongSecret, "TOK-13": wrongSecret, "TOK-14": form(grant, basic),
        "TOK-15": form(grant + "&scope=all"),
        "TOK-16": form(grant + "&scope=all"), "TOK-17": login, "TOK-18": login, "TOK-19": login,
        "TOK-20": login, "TOK-21": login, "TOK-22": login, "TOK-23": login, "TOK-24": login, "TOK-25": login,
        "TOK-26": login, "TOK-27": { [$0.send("GET", Vendor.zara4.tokenURL)] },
        "TOK-28": form("grant_type=client_credentials"),
        "TOK-29": form(grant + "&scope=all"), "TOK-30": wrongSecret, "TOK-31": wrongSecret,
        "TOK-32": form("grant_type=client_credentials&client_id=demo-nobody&client_secret=x"), "TOK-34": limited,
        "TOK-35": form("grant_type=password&%&username=x&password=y"), "TOK-37": login, "TOK-38": login,
        "TOK-39": { bench in
            let first = try bench.token("clazar")
            _ = try bench.token("clazar")
            return [bench.send("GET", Vendor.clazar.listURL, Bench.bearer(first))]
        },
        "TOK-40": form(grant + "&resource=no-address"), "TOK-41": login,
    ]

    // MARK: Renewal

    private static let renewed: Fitting = { [$0.renew(try $0.zarvPair().refresh)] }

    private static let renewedTwice: Fitting = { bench in
        let first = try bench.zarvPair().refresh
        let second = bench.renew(first)
        return [second, bench.renew(try #require(second.object["refreshToken"]?.string)), bench.renew(first)]
    }

    private static let badRefresh: Fitting = { [$0.renew("no-such-refresh-token")] }

    /// Zara 4's, which has no refresh token without the defect.
    private static let oauthRenewed: Fitting = { bench in
        let token = try bench.login("zara4").object["refresh_token"]?.string ?? "none"
        let grant = "grant_type=refresh_token&refresh_token=\(token)&client_id=demo-zara4-client-acme"
        return [try bench.form(grant + "&client_secret=demo-zara4-secret-acme-not-real")]
    }

    private static let renewal: [String: Fitting] = [
        "REF-01": { bench in
            let pair = try bench.zarvPair()
            let isOld = bench.renew(pair.refresh).object["accessToken"]?.string == pair.access
            return [SandboxResponse(isOld ? 1 : 0)]
        },
        "REF-02": badRefresh, "REF-03": oauthRenewed, "REF-04": oauthRenewed, "REF-05": renewed, "REF-07": oauthRenewed,
        "REF-09": oauthRenewed, "REF-10": oauthRenewed, "REF-06": oauthRenewed,
        "REF-11": renewedTwice, "REF-12": { [$0.renew(try $0.token("zarv"))] }, "REF-13": renewed,
    ]

    // MARK: Doors

    private static func anonymous(_ vendor: Vendor, _ method: String = "GET", path: String = "") -> Fitting {
        { [$0.anonymous(vendor, method, path: path)] }
    }

    private static func get(
        _ vendor: Vendor, _ method: String = "GET", path: String = "",
        _ header: @escaping @Sendable (String) -> [(String, String)]
    ) -> Fitting {
        { [try $0.get(vendor, method, path: path, header)] }
    }

    private static let garbage: Fitting = { bench in
        Vendor.allCases.map { bench.send("GET", $0.listURL, Bench.bearer("usher-no-such-token")) }
    }

    private static let expired: Fitting = { bench in
        let tokens = try Vendor.allCases.map { ($0, try bench.token($0.rawValue)) }
        bench.clock.advance(90_000)
        return tokens.map { bench.send("GET", $0.0.listURL, Bench.bearer($0.1)) }
    }

    private static let notEnough: Fitting = { bench in
        [
            try bench.send(as: "zarv-readonly", "GET", "https://api.zarv.com/v1/users"),
            try bench.send(as: "zara4-readonly", "GET", Vendor.zara4.listURL),
        ]
    }

    private static let inQuery: Fitting = { bench in
        let token = try bench.token("clazar")
        return [bench.send("GET", Vendor.clazar.listURL + "?access_token=\(token)")]
    }

    private static let twoWays: Fitting = { bench in
        let token = try bench.token("clazar")
        return [bench.send("GET", Vendor.clazar.listURL + "?access_token=\(token)", Bench.bearer(token))]
    }

    private static let refreshToken: Fitting = {
        [$0.send("GET", Vendor.zarv.listURL, Bench.bearer(try $0.zarvPair().refresh))]
    }

    private static let otherAudience: Fitting = { bench in
        let known = try #require(DemoCredential.all.first { $0.vendor == .scalar })
        let answer = bench.send(
            "POST", Vendor.scalar.tokenURL, [("Content-Type", "application/json")],
            body: #"{"clientId":"\#(known.name)","clientSecret":"\#(known.secret)","audience":"PORTAL"}"#)
        let token = try #require(answer.object["accessToken"]?.string)
        return [bench.send("GET", Vendor.scalar.listURL, Bench.bearer(token))]
    }

    private static let resources: [String: Fitting] = [
        "RES-01": { [$0.send("GET", "http://api.zarv.com/v1/resource")] }, "RES-02": anonymous(.clazar),
        "RES-03": anonymous(.zarv), "RES-04": anonymous(.zarv), "RES-05": anonymous(.zarv), "RES-06": anonymous(.zarv),
        "RES-07": anonymous(.zarv), "RES-08": anonymous(.zarv), "RES-09": garbage, "RES-10": notEnough,
        "RES-11": twoWays, "RES-12": garbage, "RES-13": twoWays, "RES-14": inQuery, "RES-15": inQuery,
        "RES-16": { bench in
            let form = [("Content-Type", "application/x-www-form-urlencoded")]
            return [bench.send("GET", Vendor.zarv.listURL, form, body: "access_token=\(try bench.token("zarv"))")]
        },
        "RES-17": get(.zarv) { [("Authorization", "bearer \($0)")] },
        "RES-18": get(.zarv) { [("Authorization", "Bearer  \($0)")] }, "RES-19": notEnough,
        "RES-20": get(.zarv, path: "/e94d2c78-1b6a-4f0e-8d25-7c3b9a8e0f01") { Bench.bearer($0) },
        "RES-21": { [$0.anonymous(.zarv, "POST", body: "{")] }, "RES-22": anonymous(.zarv, path: "/no-such-id"),
        "RES-23": anonymous(.zarv), "RES-24": get(.zarv) { Bench.bearer($0) },
        "RES-25": { bench in
            let header = Bench.bearer(try bench.token("zarv"))
            for _ in 1...3 { _ = bench.send("GET", Vendor.zarv.listURL, header) }
            return [bench.anonymous(.zarv)]
        },
        "RES-26": expired,
        "RES-28": otherAudience, "RES-30": refreshToken, "RES-32": anonymous(.zarv, "HEAD"),
        "RES-33": { bench in
            [
                bench.anonymous(.zarv, "PURGE"),
                bench.send("POST", Vendor.zarv.listURL, [("X-HTTP-Method-Override", "GET")], body: "{"),
            ]
        },
        "RES-34": anonymous(.zarv, "OPTIONS"), "RES-35": anonymous(.zarv, "TRACE"),
        "N-02": get(.zarv) { _ in [("Authorization", "Bearer ")] },
        "N-05": get(.zarv) { [("Authorization", "Basic \($0)")] }, "N-06": get(.clazar) { [("Authorization", $0)] },
        "N-07": garbage, "N-08": get(.clazar) { Bench.bearer(String($0.dropLast(8))) },
        "N-09": get(.clazar) { token in
            let middle = token.index(token.startIndex, offsetBy: token.count / 2)
            let other = token[middle] == "A" ? "B" : "A"
            return Bench.bearer(String(token[..<middle]) + other + String(token[token.index(after: middle)...]))
        },
        "N-32": get(.zarv) { Bench.bearer($0) + Bench.bearer("other") },
    ]

    // MARK: JWTs and HTTP

    private static let forged: [String: Fitting] = [
        "JWT-01": login, "JWT-18": login, "JWT-02": login, "JWT-03": login, "JWT-04": login, "JWT-05": login,
        "JWT-06": login, "JWT-07": login,
        "JWT-09": { [try $0.forged(header: #"{"alg":"nOnE","typ":"JWT"}"#, signature: "")] },
        "JWT-10": { [try $0.forged(role: "owner")] },
        "JWT-12": {
            [try $0.forged(header: #"{"alg":"HS256","jku":"https://keys.elsewhere.test"}"#, signature: "AAAA")]
        },
        "JWT-13": { [try $0.forged(header: #"{"alg":"HS256","kid":"' OR 1"}"#, signature: "AAAA")] },
        "JWT-14": { [try $0.forged(header: #"{"alg":"HS256","crit":["usher"],"usher":1}"#)] }, "JWT-15": login,
        "JWT-16": garbage, "JWT-17": login,
    ]

    private static let messages: [String: Fitting] = [
        "HTT-01": anonymous(.zarv, "TRACE"), "HTT-02": anonymous(.zarv), "HTT-03": anonymous(.zarv, "OPTIONS"),
        "HTT-04": anonymous(.zarv, "OPTIONS"), "HTT-05": get(.zarv, "HEAD") { Bench.bearer($0) },
        "HTT-06": anonymous(.zarv), "HTT-07": get(.zarv, path: "/no-such-id") { Bench.bearer($0) },
        "KEY-01": { [$0.send("GET", Vendor.clazar.listURL, [("X-API-Key", Defect.demoKey)])] },
        "KEY-02": { [$0.send("GET", Vendor.clazar.listURL + "?api_key=" + Defect.demoKey)] },
    ]

    // MARK: Promises

    private static func login(_ identity: String, scope: String? = nil) -> Fitting {
        { [try $0.login(identity, scope: scope)] }
    }

    private static func submission(_ identity: String) -> Fitting {
        { bench in
            let body = #"{"url":"https://images.acme.test/a.jpg"}"#
            return [
                SandboxResponse(try bench.send(as: identity, "POST", Vendor.zara4.listURL, body: body).status),
                try bench.send(as: identity, "GET", "https://api.zara4.com/v1/usage"),
            ]
        }
    }

    private static let zara4: [String: Fitting] = [
        "Z4-01": login("zara4"), "Z4-02": login("zara4"),
        "Z4-03": { [try $0.send(as: "zara4", "GET", "https://api.zara4.com/v1/usage")] },
        "Z4-04": submission("zara4-readonly"), "Z4-05": login("zara4"), "Z4-06": login("zara4"),
        "Z4-07": submission("zara4-test"), "Z4-08": submission("zara4-test"),
        "Z4-09": { bench in
            let path = Vendor.zara4.listURL + "/0d6f6f5e-8c1b-4a5e-9b7c-1f2e3d4c5b6a"
            return [try bench.send(as: "zara4-test", "GET", path)]
        },
        "Z4-10": submission("zara4"), "Z4-11": { [try $0.login("zara4", secret: "demo-but-wrong")] },
        "Z4-12": anonymous(.zara4),
    ]

    private static let zarv: [String: Fitting] = [
        "ZV-01": anonymous(.zarv), "ZV-02": login("zarv"), "ZV-03": login("zarv"),
        "ZV-04": get(.zarv) { [("Authorization", $0)] }, "ZV-05": expired, "ZV-06": login("zarv"), "ZV-07": renewed,
        "ZV-08": renewed, "ZV-09": renewedTwice, "ZV-10": renewedTwice, "ZV-11": badRefresh, "ZV-12": garbage,
        "ZV-13": notEnough, "ZV-14": { [try $0.login("zarv", secret: "demo-but-wrong")] }, "ZV-15": refreshToken,
    ]

    private static let scalar: [String: Fitting] = [
        "SC-01": anonymous(.scalar), "SC-02": login("scalar"), "SC-03": otherAudience,
        "SC-04": get(.scalar) { Bench.bearer($0) },
        "SC-05": { [try $0.send(as: "scalar", "GET", "https://trailer.api.eu1.scalar.zf.com/v1/places")] },
        "SC-06": { bench in
            let body = #"{"name":"Box","vin":"WSM00000005012999"}"#
            return [
                SandboxResponse(try bench.send(as: "scalar-readonly", "POST", Vendor.scalar.listURL, body: body).status)
            ]
        },
        "SC-07": { [try $0.send(as: "scalar-other", "GET", "https://trailer.api.eu1.scalar.zf.com/v1/places")] },
        "SC-08": { bench in
            let header = Bench.bearer(try bench.token("scalar"))
            return [bench.send("GET", Vendor.scalar.listURL, header), bench.send("GET", Vendor.scalar.listURL, header)]
        },
        "SC-09": login("scalar"), "SC-10": login("scalar"),
    ]

    private static let others: [String: Fitting] = [
        "CZ-01": login("clazar"), "CZ-02": login("clazar"), "CZ-03": login("clazar"), "CZ-04": anonymous(.clazar),
        "CZ-05": { bench in
            let body = #"{"client_id":"demo-nobody"}"#
            return [bench.send("POST", Vendor.clazar.tokenURL, [("Content-Type", "application/json")], body: body)]
        },
        "CL-01": login("clarify"), "CL-02": login("clarify"), "CL-03": login("clarify"), "CL-04": login("clarify"),
        "CL-05": limited, "CL-06": anonymous(.clarify), "CL-07": get(.clarify) { Bench.bearer($0) },
    ]

    // MARK: Ordinary requests

    /// What the collections do all the time: a login, two reads with its token, a renewal.
    static func ordinary(_ bench: Bench) throws -> [Vendor: [String]] {
        var answers: [Vendor: [String]] = [:]
        for vendor in Vendor.served {
            let login = try bench.login(vendor.rawValue)
            let token = login.object[names: JSONObject.tokenNames]?.string ?? ""
            let reads = [vendor.listURL, vendor.listURL].map { bench.send("GET", $0, Bench.bearer(token)) }
            let renewal = login.object["refreshToken"]?.string.map { [bench.renew($0)] } ?? []
            answers[vendor] = ([login] + reads + renewal).map(\.facts)
        }
        return answers
    }

    /// Defects that are about just these.
    static let ordinaryToo: Set<String> = [
        "TOK-17", "TOK-18", "TOK-19", "TOK-20", "TOK-21", "TOK-22", "TOK-23", "TOK-24", "TOK-25", "TOK-26", "TOK-37",
        "TOK-38", "TOK-41", "REF-03", "REF-04", "REF-01", "REF-02", "REF-05", "REF-06", "REF-07", "REF-09",
        "REF-10", "REF-12", "REF-13", "RES-24",
        "JWT-01", "JWT-18", "JWT-02", "JWT-03", "JWT-04", "JWT-05", "JWT-06",
        "JWT-07", "JWT-15", "JWT-17", "HTT-06", "Z4-01", "Z4-02", "Z4-05", "Z4-06", "ZV-02", "ZV-03", "ZV-06", "ZV-07",
        "ZV-08", "SC-02", "SC-04", "SC-08", "SC-09", "SC-10", "CZ-01", "CZ-02", "CZ-03", "CL-01", "CL-02", "CL-03",
        "CL-04", "CL-07",
    ]
}
