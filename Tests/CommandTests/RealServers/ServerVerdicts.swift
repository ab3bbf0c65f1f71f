import TestSupport

/// How the contract of a real server came out.
struct ServerVerdicts {
    enum Verdict: Hashable {
        case kept, skipped, noVerdict, warning, deviation, hole
        /// Broken, under a rule of a pack that nobody claims.
        case remark
    }

    /// By name: `list orders › no-credential`, `RES-03 list orders`.
    let verdicts: [String: Verdict]
    let exitCode: Int32?
    /// What the run printed, for the message of a failed test.
    let text: String

    /// Runs the contract of a project's collections, each request of which is safe.
    init(_ project: UsherProject, _ options: [String] = [], environment: [String: String] = [:]) async throws {
        let result = try await project.run(
            ["contract", "--no-color", "--no-cache", "--junit", "out.xml"] + options, environment: environment)
        text = result.outputText + result.errorText
        exitCode = result.status
        let cases = ContractCases((try? project.text("out.xml")) ?? "").cases
        verdicts = Dictionary(cases.map { ($0.name, Self.verdict($0)) }) { first, _ in first }
    }

    /// Holes and deviations that fail the run, cases without verdict, and warnings.
    var findings: [String: Verdict] {
        let pairs = verdicts.filter { [.hole, .deviation, .noVerdict, .warning].contains($0.value) }
        return Dictionary(pairs.map { (Self.short($0.key), $0.value) }) { first, _ in first }
    }

    /// The names of the cases that ended so, without the name of their request.
    func names(_ verdict: Verdict) -> Set<String> {
        Set(verdicts.filter { $0.value == verdict }.keys.map(Self.short))
    }

    /// `no-credential`, `as reader`, `RES-03`.
    private static func short(_ name: String) -> String {
        if let mark = name.firstRange(of: " › ") { return String(name[mark.upperBound...]) }
        return String(name.prefix { $0 != " " })
    }

    private static func verdict(_ found: ContractCases.Case) -> Verdict {
        switch found.ending {
        case .failed: found.words.hasPrefix("Hole: ") ? .hole : .deviation
        case .noVerdict: .noVerdict
        case .skipped: .skipped
        // A warning names its place in the file, a remark does not.
        case .passed where found.words.contains(": Deviation: ") || found.words.contains(": Hole: "): .warning
        case .passed: found.words.contains("Deviation: ") ? .remark : .kept
        }
    }
}
