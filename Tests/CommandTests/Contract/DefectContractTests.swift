import Contract
import Providers
import Sandbox
import TestSupport
import Testing

/// Each check has something to find: with a defect of the sandbox on, the rule or promise that it breaks fails, and no
/// other rule that may fail a build, nor another promise.
@Suite("Every rule with its defect", .timeLimit(.minutes(10)))
struct DefectContractTests {
    /// Defects that break what no check of this version can see in these vendors, and why.
    static let unseen: [String: String] = [
        "CL-05": "trying it takes more token requests than a run makes"
    ]

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
    ]

    /// What no document forbids, and is told beside a rule that is kept.
    private static let toldBy = ["N-32": "RES-13"]

    static let seen = Defect.all.map(\.id).filter { unseen[$0] == nil }

    @Test("the rule that the defect breaks fails, and no other", arguments: seen)
    func defect(_ id: String) async throws {
        let collection = Self.collection(for: id)
        let clean = try await CleanRuns.shared.cases(of: collection)
        let broken = try await Self.run(collection, ["--defect", id] + Self.options(for: id))
        if let rule = Self.toldBy[id] {
            #expect(Set(broken[rule]).subtracting(clean[rule]).contains { !$0.words.isEmpty }, "\(broken[rule])")
        } else if id.hasPrefix("N-") {
            #expect(broken.cases.contains { $0.ending == .failed && $0.rule == nil }, "nobody noticed \(id)")
        } else {
            #expect(!clean[id].isEmpty || Self.hasNoCleanCase.contains(id), "there is no case of \(id)")
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
    static let unbroken: Set<String> = ["RES-36", "DIS-03", "DIS-04", "DIS-14"]

    @Test("rules without a defect, and defects that no check sees, are few and have their reasons")
    func gaps() {
        let judged = CheckedRule.tried.map(\.id)
        // The sandbox binds no tokens: rules about that are tried on scripted services.
        let scripted = ["POP-"]
        let without = Set(judged).subtracting(Defect.all.map(\.id)).filter { id in
            !scripted.contains { id.hasPrefix($0) }
        }
        for id in without.sorted() { print("no defect for \(id): \(Defect.without[id] ?? "?")") }
        for (id, reason) in Self.unseen.sorted(by: { $0.key < $1.key }) { print("unseen \(id): \(reason)") }
        #expect(without == Self.unbroken)
        #expect(without.allSatisfy { Defect.without[$0] != nil }, "a rule has neither a defect nor a reason")
        #expect(Self.unseen.keys.allSatisfy { Defect.named($0) != nil })
    }

    // MARK: Support

    private static let needsExpiry: Set<String> = ["RES-26", "ZV-05"]
    /// Or the clean sandbox refuses what the defect's own way in is, or its tokens are no JWTs.
    private static let hasNoCleanCase = needsExpiry.union(["REF-08", "KEY-01", "KEY-02"])

    private static func options(for id: String) -> [String] {
        if needsExpiry.contains(id) { return ["--token-lifetime", "6s", "--wait-expiry", "20s"] }
        // A used refresh token sent again ends the session that these need.
        if id == "TOK-33" { return ["--allow-class", "5"] }
        return ["REF-03", "REF-04", "REF-07", "REF-08", "REF-12"].contains(id) ? ["--allow-class", "3"] : []
    }

    /// Rules that only observe, packs that the vendor does not claim, and ambiguous sentences change a remark.
    private static func mustFail(_ id: String, _ collection: String) -> Bool {
        guard let rule = RuleCatalogue.builtIn[id] else { return id != "ZV-15" }
        let speaksOAuth = [
            "zara4", "clarify", "renewing", "public", "oidc", "desk", "assertion", "bearer-assertion", "exchange",
        ].contains(collection)
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
        "TOK-36": "oidc", "RES-27": "oidc", "RES-31": "desk", "REV-10": "desk",
        "AST-05": "bearer-assertion",
        "REF-01": "renewing", "REF-02": "renewing", "REF-06": "renewing", "REF-12": "renewing", "REF-13": "renewing",
    ]

    private static func collection(for id: String) -> String {
        let families = [
            "Z4": "zara4", "TOK": "zara4", "SC": "scalar", "CZ": "clazar", "CL": "clarify", "DIS": "oidc",
            "REV": "oidc",
            "INT": "oidc", "AST": "assertion", "EXC": "exchange",
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

/// One run without defect of each collection, whoever asks first.
private actor CleanRuns {
    static let shared = CleanRuns()
    private var runs: [String: Task<ContractCases, any Error>] = [:]

    func cases(of collection: String) async throws -> ContractCases {
        let run = runs[collection] ?? Task { try await DefectContractTests.run(collection, []) }
        runs[collection] = run
        return try await run.value
    }
}

@Suite("The contract of the examples", .timeLimit(.minutes(5)))
struct CleanContractTests {
    @Test(
        "holds in the clean sandbox: no failure, no warning, and everything has a verdict",
        arguments: [
            "zara4", "zarv", "scalar", "clazar", "clarify", "oidc", "desk", "assertion", "bearer-assertion", "exchange",
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
