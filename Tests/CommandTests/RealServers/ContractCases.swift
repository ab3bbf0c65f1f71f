import TestSupport

/// The contract cases of a run as its JUnit report tells them.
struct ContractCases {
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
        verdicts = Self.read((try? project.text("out.xml")) ?? "")
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

    private static func read(_ report: String) -> [String: Verdict] {
        var verdicts: [String: Verdict] = [:]
        for part in report.split(separator: "<testcase ").dropFirst() {
            guard let className = attribute("classname", part), className.hasSuffix(".contract"),
                let name = attribute("name", part.drop { $0 != " " })
            else { continue }
            verdicts[name] = verdict(part)
        }
        return verdicts
    }

    private static func verdict(_ part: Substring) -> Verdict {
        if part.contains("type=\"hole\"") { return .hole }
        if part.contains("<failure ") { return .deviation }
        if part.contains("<error ") { return .noVerdict }
        if part.contains("<skipped") { return .skipped }
        if part.contains(": Deviation: ") || part.contains(": Hole: ") { return .warning }
        return part.contains("Deviation: ") ? .remark : .kept
    }

    private static func attribute(_ name: String, _ part: Substring) -> String? {
        guard let start = part.firstRange(of: "\(name)=\"") else { return nil }
        return String(part[start.upperBound...].prefix { $0 != "\"" })
    }
}
