import Results

/// What the console keeps of the contract for the end of the run: the findings of each kind and the access matrix.
struct ContractFindings {
    private var holes = FailureList("Holes", "somebody got in who should have been kept out, or could")
    private var deviations = FailureList("Deviations", "not as documented, but nobody got in who should not")
    private var warnings = FailureList("Warnings", "worth a look; they do not fail the run")
    private var noVerdict = FailureList("No verdict", "contract cases that could not be judged; each says why")
    var matrix = AccessMatrix()
    private(set) var counts = ContractCounts()
    /// Of the first block that names one.
    private(set) var explained: RuleNote?

    /// - Returns: whether it found no room in its list, so that it must be said elsewhere.
    mutating func add(_ outcome: ContractOutcome, in collection: String, _ block: ContractBlock) -> Bool {
        counts.count(outcome.verdict)
        if outcome.verdict.isFinding, explained == nil { explained = outcome.rule }
        matrix.add(outcome, in: collection)
        func add(to list: inout FailureList) -> Bool {
            defer { list.add { block.render(outcome, in: collection) } }
            return list.isFull
        }
        switch outcome.verdict {
        case .passed, .skipped: return false
        case .failed(let finding) where finding.kind == .hole: return add(to: &holes)
        case .failed: return add(to: &deviations)
        case .warned: return add(to: &warnings)
        case .noVerdict: return add(to: &noVerdict)
        }
    }

    /// - Parameter isQuiet: only what did not pass.
    func render(_ paint: Paint, isQuiet: Bool) -> String {
        ([holes, deviations] + (isQuiet ? [] : [warnings]) + [noVerdict]).map { $0.render(paint) }.joined()
    }
}

extension ContractVerdict {
    fileprivate var isFinding: Bool {
        switch self {
        case .failed, .warned: true
        case .passed, .noVerdict, .skipped: false
        }
    }
}
