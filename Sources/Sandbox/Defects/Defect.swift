/// A switchable fault: it breaks one rule or promise of the embedded vendors, so that every check has something to find.
///
/// Some rules hold one another: a served GET without credential (RES-02) is also a vendor's promise broken. Where that
/// is so the defect is as narrow as its rule allows.
package struct Defect: Sendable, Hashable {
    /// A rule (`RES-03`), a promise (`ZV-10`), or a probe (`N-08`) where the way in has no rule of its own.
    package let id: String
    /// One line for `--list-defects`.
    package let summary: String
    /// The others stay as they are.
    let vendors: Set<Vendor>
    private let plant: @Sendable (inout Faults) -> Void

    /// - Parameter plant: puts the fault into one vendor's site; what it remembers there is that site's alone.
    init(
        _ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every,
        plant: @escaping @Sendable (inout Faults) -> Void = { _ in }
    ) {
        self.id = id
        self.summary = summary
        self.vendors = vendors
        self.plant = plant
    }

    func put(into faults: inout Faults) { plant(&faults) }

    package static func == (one: Defect, other: Defect) -> Bool { one.id == other.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Defect {
    /// Rules first, then promises, then probes.
    package static let all: [Defect] = rules + promises.flatMap { $0 } + waysIn

    private static let families = [
        "TOK", "REF", "RES", "JWT", "DIS", "REV", "INT", "AST", "EXC", "POP", "HTT", "KEY",
    ]

    /// As the catalogue has them, whichever list they stand in.
    private static let rules: [Defect] = {
        let lists = [
            tokenRequests, tokenErrors, tokenAnswers, renewals, doors, challenges, protectedAnswers, forgedTokens,
            tokenClaims, writtenTokens, messages, keys, oauthRenewals, textbook, metadata, revocations, introspections,
            assertions, exchanges, possessions,
        ]
        return families.flatMap { family in
            lists.flatMap { $0 }.filter { $0.id.hasPrefix(family) }.sorted { $0.id < $1.id }
        }
    }()

    private static let promises = [zara4, zarv, scalar, clazar, clarify]

    /// nil: there is none of that id.
    package static func named(_ id: String) -> Defect? { all.first { $0.id == id } }
}

extension Vendor {
    static let every = Set(allCases)
    /// Those whose token service is one of RFC 6749.
    static let form: Set<Vendor> = [.zara4, .clarify]
}
