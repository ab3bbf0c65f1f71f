import Contract
import Providers
import Sandbox
import TestSupport
import Testing

/// Each check has something to find: with a defect of the sandbox on, the rule or promise that it breaks fails, and no
/// other rule that may fail a build, nor another promise.
@Suite("Every rule with its defect", .timeLimit(.minutes(10)))
struct DefectContractTests {
    /// What a defect breaks besides, since it is the same behaviour that two sentences are about.
    static let related: [String: Set<String>] = [
        // The request that covers the promise looks at the same answer.
        "TOK-12": ["Z4-11"], "TOK-13": ["Z4-11"], "Z4-11": ["TOK-12"], "REF-02": ["ZV-11"], "REF-11": ["ZV-10"],
        "RES-19": ["ZV-13"], "ZV-07": ["ZV-09", "ZV-10"], "Z4-02": ["Z4-03"], "Z4-04": ["Z4-09"],
        // The promise about the token answer names the member.
        "TOK-18": ["Z4-01"], "TOK-22": ["Z4-05"], "TOK-23": ["Z4-05"], "TOK-26": ["Z4-06"],
        // A call without credential, and what is said about its refusal.
        "RES-02": ["ZV-01"], "RES-03": ["ZV-01", "ZV-12"], "RES-05": ["ZV-01"], "RES-08": ["ZV-01"],
        "RES-22": ["ZV-01"],
        // A credential that nobody issued.
        "RES-09": ["JWT-16", "ZV-12"], "JWT-16": ["RES-09", "ZV-12"], "ZV-12": ["JWT-16", "RES-09"],
        "N-07": ["JWT-16", "RES-09", "ZV-12"], "N-08": ["RES-09"], "N-06": ["ZV-04"],
        "N-09": ["JWT-10", "JWT-13", "JWT-14", "RES-09"],
        "ZV-05": ["RES-26", "RES-09"], "RES-26": ["ZV-05", "RES-09"], "ZV-15": ["RES-30"], "RES-30": ["ZV-15"],
        "KEY-01": ["RES-03"],
        // SCALAR's features, from three sides.
        "RES-28": ["SC-03", "SC-04"], "SC-03": ["RES-28", "SC-04"], "SC-04": ["SC-03", "SC-06", "SC-08"],
        "SC-05": ["SC-07"], "SC-06": ["SC-08"], "SC-07": ["SC-05"], "TOK-39": ["Z4-03"],
        // Tokens that live for one call leave nothing as it was.
        "SC-08": ["RES-10", "RES-25", "RES-28", "SC-03", "SC-04", "SC-05", "SC-06", "SC-07"], "CL-07": ["CL-05"],
        // The assertion is what the client has for a secret.
        "AST-04": ["TOK-12"],
        // A token that lives on is seen by those who ask about it, and by the API.
        "REV-09": ["RES-27", "INT-08"], "INT-08": ["REV-09"],
        // Both say that a bound token needs what it is bound to; an issuer with a query is another one than was asked.
        "POP-10": ["RES-36"], "DIS-04": ["DIS-03"],
    ]

    /// What no document forbids, and is told beside a rule that is kept.
    private static let toldBy = ["N-32": "RES-13"]

    @Test("the rule that the defect breaks fails, and no other", arguments: Defect.all.map(\.id))
    func defect(_ id: String) async throws {
        let collection = Self.collection(for: id)
        let clean = try await CleanRuns.shared.cases(of: Self.goodPlace(of: id))
        let broken = try await Self.run(collection, ["--defect", id] + Self.options(for: id))
        if let rule = Self.toldBy[id] {
            #expect(Set(broken[rule]).subtracting(clean[rule]).contains { !$0.words.isEmpty }, "\(broken[rule])")
        } else if id.hasPrefix("N-") {
            #expect(broken.cases.contains { $0.ending == .failed && $0.rule == nil }, "nobody noticed \(id)")
        } else {
            let good: ContractCases.Ending = Self.offeredByNone.contains(id) ? .skipped : .passed
            #expect(clean[id].contains { $0.ending == good }, "\(id) has no good case: \(clean[id])")
            // Kept is said without words, and a case that is skipped has noticed nothing.
            let isNoticed = Set(broken[id]).subtracting(clean[id]).contains {
                $0.ending != .skipped && !$0.words.isEmpty
            }
            #expect(isNoticed, "\(id): \(broken[id])")
            if Self.mustFail(id, collection) { #expect(broken[id].contains { $0.ending == .failed }, "\(broken[id])") }
        }
        let others = broken.failed.subtracting([id]).subtracting(Self.related[id] ?? []).filter(Self.mayNotFail)
        #expect(others.isEmpty, "\(id) also broke \(others.sorted())")
    }

    /// Rules that are judged, and that no defect breaks.
    static let unbroken: Set<String> = []

    @Test("rules without a defect are few and have their reasons")
    func gaps() {
        let judged = CheckedRule.tried.map(\.id)
        let without = Set(judged).subtracting(Defect.all.map(\.id))
        for id in without.sorted() { print("no defect for \(id): \(Defect.without[id] ?? "?")") }
        #expect(without == Self.unbroken)
        #expect(without.allSatisfy { Defect.without[$0] != nil }, "a rule has neither a defect nor a reason")
    }

    // MARK: Support

    private static let needsExpiry: Set<String> = ["RES-26", "ZV-05"]
    /// Rules about what no good server here does at all, so that they are skipped there: an answer to a credential in the
    /// URL or of two audiences, a challenge with Basic, a busy server, offers of browser logins and of keys.
    private static let offeredByNone: Set<String> = [
        "TOK-41", "RES-15", "HTT-02", "HTT-03", "REV-09", "REV-11", "DIS-11", "DIS-13", "DIS-17",
    ]

    /// Where a rule has its good case: as the defect's run, without the defect.
    private static func goodPlace(of id: String) -> (collection: String, options: [String]) {
        if let place = goodPlaces[id] { return place }
        let (collection, options) = (collection(for: id), options(for: id))
        // No vendor renews as RFC 6749 has it but by a defect; that about caching leaves all else as it should be.
        return (collection, options + (collection == "renewing" ? ["--defect", "REF-13"] : []))
    }

    /// No vendor takes keys but by a defect. The key in the field is the good case of the rule about keys in URLs, and
    /// that one names a scheme to who has none.
    private static let goodPlaces: [String: (collection: String, options: [String])] = [
        "KEY-01": ("url-key", ["--defect", "KEY-02"]), "KEY-02": ("api-key", ["--defect", "KEY-01"]),
        "REF-13": ("desk", []),
    ]

    private static func options(for id: String) -> [String] {
        if needsExpiry.contains(id) { return ["--token-lifetime", "6s", "--wait-expiry", "20s"] }
        if id == "TOK-33" { return ["--allow-class", "5"] }
        // A used refresh token sent again ends the session that these need.
        return ["REF-03", "REF-04", "REF-07", "REF-12"].contains(id) ? ["--allow-class", "3"] : []
    }

    /// Rules that only observe, packs that the vendor does not claim, and ambiguous sentences change a remark.
    private static func mustFail(_ id: String, _ collection: String) -> Bool {
        guard let rule = RuleCatalogue.builtIn[id] else { return id != "ZV-15" }
        let speaksOAuth = !["zarv", "scalar", "clazar"].contains(collection)
        let isClaimed = rule.pack != .accessTokenJWT && (speaksOAuth || ![.oauth, .refresh].contains(rule.pack))
        // Said beside a refusal that is right, and so observed only.
        return rule.severity != .observation && isClaimed && !["RES-10", "TOK-40"].contains(id)
    }

    private static func mayNotFail(_ id: String) -> Bool {
        guard let rule = RuleCatalogue.builtIn[id] else { return true }
        return rule.severity == .hole || rule.severity == .must
    }

    private static let places = [
        "RES-28": "scalar", "REF-03": "renewing", "REF-04": "renewing", "REF-07": "renewing", "REF-08": "public",
        "REF-09": "renewing", "REF-10": "renewing", "KEY-01": "api-key", "KEY-02": "url-key", "TOK-41": "clarify",
        "JWT-01": "oidc", "JWT-04": "oidc", "JWT-18": "oidc", "JWT-08": "oidc", "JWT-11": "oidc", "TOK-17": "oidc",
        "TOK-36": "oidc", "RES-27": "oidc", "RES-29": "issuers", "RES-31": "desk", "REV-10": "desk", "CL-05": "limited",
        "POP-10": "mtls", "POP-11": "mtls", "POP-12": "mtls", "POP-09": "bound-app", "DIS-14": "mtls",
        "DIS-03": "described",
        "DIS-04": "described",
        "RES-36": "dpop",
        "AST-05": "bearer-assertion",
        "REF-01": "renewing", "REF-02": "renewing", "REF-06": "renewing", "REF-12": "renewing", "REF-13": "renewing",
    ]

    private static func collection(for id: String) -> String {
        let families = [
            "Z4": "zara4", "TOK": "zara4", "SC": "scalar", "CZ": "clazar", "CL": "clarify", "DIS": "oidc",
            "REV": "oidc", "INT": "oidc", "POP": "dpop", "AST": "assertion", "EXC": "exchange",
        ]
        return places[id] ?? families[String(id.prefix { $0 != "-" })] ?? "zarv"
    }

    private static let turnstile = Turnstile(8)

    static func run(_ collection: String, _ options: [String]) async throws -> ContractCases {
        let project = try ContractProject.make(collection)
        defer { project.folder.remove() }
        let arguments =
            ["run", "--contract", "--sandbox", "--strict", "-q", "--junit", "out.xml"] + options
            + ["collections/\(collection).json"]
        let result = try await turnstile.pass { try await project.run(arguments) }
        #expect([0, 1, 3].contains(result.status), "\(result.outputText)\(result.errorText)")
        return ContractCases(try project.text("out.xml"))
    }
}

/// One run of each good place, whoever asks first.
private actor CleanRuns {
    static let shared = CleanRuns()
    private var runs: [String: Task<ContractCases, any Error>] = [:]

    func cases(of place: (collection: String, options: [String])) async throws -> ContractCases {
        let key = ([place.collection] + place.options).joined(separator: " ")
        let run = runs[key] ?? Task { try await DefectContractTests.run(place.collection, place.options) }
        runs[key] = run
        return try await run.value
    }
}

@Suite("The contract of the examples", .timeLimit(.minutes(5)))
struct CleanContractTests {
    @Test(
        "holds in the clean sandbox: no failure, no warning, and everything has a verdict",
        arguments: [
            "zara4", "zarv", "scalar", "clazar", "clarify", "oidc", "desk", "dpop", "mtls", "described", "issuers",
            "assertion", "bearer-assertion", "exchange", "bound-app",
        ])
    func clean(_ collection: String) async throws {
        let cases = try await DefectContractTests.run(collection, []).cases
        #expect(cases.count > 50)
        #expect(cases.filter { $0.ending == .failed || $0.ending == .noVerdict }.isEmpty)
    }

    private static let hosts = [
        "zara4": "api.zara4.com", "zarv": "api.zarv.com", "scalar": "trailer.api.eu1.scalar.zf.com",
        "clazar": "api.clazar.io", "clarify": "api.clarify.test",
    ]

    static func host(_ collection: String) -> String { hosts[collection] ?? "" }

    @Test(
        "changes nothing on the server by default: the sandbox counts its writes",
        arguments: ["zara4", "zarv", "scalar", "clazar", "clarify"])
    func writes(_ collection: String) async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        // Runs after the others; without a verdict where the counters are not as they should be.
        try project.folder.write(
            "collections/counters.json",
            """
            { "name": "Counters", "alone": true, "requests": [
                { "name": "writes", "as": "anonymous", "request": "GET https://\(Self.host(collection))/_sandbox/stats",
                  "access": { "anonymous": "allow" },
                  "expect": { "json": {
                      "$.providers[*].writes": { "each": 0 }, "$.providers[*].apiRequests": { "some": { "above": 20 } } } } } ] }
            """)
        let paths = ["collections/\(collection).json", "collections/counters.json"]
        let alone = try await project.run(["contract", "--sandbox", "--allow-class", "3", "-v"] + paths)
        #expect(alone.status == 0, "\(alone.outputText)\(alone.errorText)")
        #expect(alone.outputText.contains("writes"))
        // With the requests themselves there are writes: the counter is one that counts.
        let beside = try await project.run(["run", "--contract", "--sandbox", "--allow-class", "3", "-q"] + paths)
        #expect(beside.status == 1, "\(beside.outputText)\(beside.errorText)")
    }
}

/// S-11: probes lock nobody out.
@Suite("Accounts after the contract", .timeLimit(.minutes(5)))
struct LockContractTests {
    /// This service counts each assertion that it refuses as a failed login, as one may that does not tell mistakes from
    /// guesses: none follows another without a login that works.
    @Test("nor is a client locked whose signed assertions are tried, though each refused one counts")
    func assertions() async throws {
        let project = try ContractProject.make("assertion")
        defer { project.folder.remove() }
        try project.folder.write(
            "collections/counters.json",
            """
            { "name": "Counters", "alone": true, "requests": [
                { "name": "locks", "as": "anonymous", "request": "GET https://api.oidc.test/_sandbox/stats",
                  "expect": { "json": {
                      "$.providers[*].tokenClients[*].locked": { "each": false },
                      "$.providers[*].tokenClients[*].failedLogins": { "some": { "atLeast": 8 } } } } } ] }
            """)
        // Stricter than the others: two in a row would lock.
        let result = try await project.run(
            ["run", "--contract", "--sandbox", "--lock-after", "2", "-q", "collections/assertion.json"]
                + ["collections/counters.json"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
    }

    /// Clarify's profile asks for few token requests, so it gets no failed login at all.
    @Test(
        "a client that three failed logins lock is unlocked after a full run",
        arguments: [("zara4", true), ("zarv", true), ("scalar", true), ("clazar", true), ("clarify", false)])
    func unlocked(_ collection: String, triesLogins: Bool) async throws {
        let tried = triesLogins ? #""some": { "atLeast": 1 }, "# : ""
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        try project.folder.write(
            "collections/counters.json",
            """
            { "name": "Counters", "alone": true, "requests": [
                { "name": "locks", "as": "anonymous", "request": "GET https://\(CleanContractTests.host(collection))/_sandbox/stats",
                  "expect": { "json": {
                      "$.providers[*].tokenClients[*].locked": { "each": false },
                      "$.providers[*].tokenClients[*].failedLogins": { \(tried)"each": { "below": 3 } } } } } ] }
            """)
        let result = try await project.run(
            ["run", "--contract", "--sandbox", "--lock-after", "3", "-q", "collections/\(collection).json"]
                + ["collections/counters.json"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
    }
}
