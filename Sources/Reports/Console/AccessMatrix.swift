import Results

/// Who was let in where: a row for each request whose access was asked about (for each owner of the objects asked for
/// one), a column for each caller.
///
/// Sixty rows are kept, those with a finding first: memory must not grow with the number of requests.
struct AccessMatrix {
    static let limit = 60
    static let anonymous = "anonymous"

    /// From good to bad: where a cell was asked about more than once, the worst answer stands in it.
    enum Cell: Int {
        case letIn, keptOut, unknown, deviation, hole

        var isFinding: Bool { self == .deviation || self == .hole }
    }

    struct Request: Hashable {
        var collection: String
        var groups: [String]
        var name: String
    }

    struct Row {
        var request: Request
        /// Whose objects were asked for; nil: the sender's.
        var owner: String?
        var cells: [String: Cell] = [:]

        var hasFinding: Bool { cells.values.contains(where: \.isFinding) }
    }

    /// In the order they came, anonymous last.
    private(set) var callers: [String] = []
    private(set) var rows: [Row] = []
    private(set) var hidden = 0
    private(set) var hiddenFindings = 0
    /// Of the request whose cases are coming in.
    private var open: [Row] = []
    /// Its sender is let in: the request that passed last.
    private var passed: (request: Request, sender: String)?

    /// The rows of one collection, with the callers that stand in them.
    struct Table {
        let collection: String
        let callers: [String]
        var rows: [Row]
    }

    var tables: [Table] {
        var names: [String] = []
        for row in rows where !names.contains(row.request.collection) { names.append(row.request.collection) }
        return names.map { name in
            let own = rows.filter { $0.request.collection == name }
            let present = callers.filter { caller in own.contains { $0.cells[caller] != nil } }
            return Table(collection: name, callers: present, rows: own)
        }
    }

    /// Who sent a request that passed was let in.
    mutating func add(_ outcome: RequestOutcome, in collection: String) {
        guard case .passed = outcome.verdict, let sender = outcome.identity else { return }
        let request = Request(
            collection: collection, groups: outcome.groups, name: CaseNames.caseName(outcome))
        passed = (request, sender)
        noteSender()
    }

    mutating func add(_ outcome: ContractOutcome, in collection: String) {
        guard let (caller, owner) = Self.place(outcome.kind), let cell = Self.cell(outcome) else { return }
        let request = Request(collection: collection, groups: outcome.groups, name: CaseNames.subject(outcome))
        if open.first?.request != request { close() }
        if !open.contains(where: { $0.owner == owner }) { open.append(Row(request: request, owner: owner)) }
        for index in open.indices where open[index].owner == owner {
            let known = open[index].cells[caller]
            if known.map({ $0.rawValue < cell.rawValue }) ?? true { open[index].cells[caller] = cell }
        }
        noteSender()
        note(caller)
    }

    /// Takes over the rows of the last request.
    mutating func close() {
        for row in open { keep(row) }
        open = []
    }

    private mutating func noteSender() {
        guard let passed, open.first?.request == passed.request else { return }
        for index in open.indices where open[index].owner ?? passed.sender == passed.sender {
            if open[index].cells[passed.sender] == nil { open[index].cells[passed.sender] = .letIn }
        }
        note(passed.sender)
    }

    private mutating func note(_ caller: String) {
        guard !callers.contains(caller) else { return }
        let end = callers.last == Self.anonymous ? callers.count - 1 : callers.count
        callers.insert(caller, at: end)
    }

    private mutating func keep(_ row: Row) {
        guard rows.count >= Self.limit else { return rows.append(row) }
        hidden += 1
        guard row.hasFinding else { return }
        if let clean = rows.lastIndex(where: { !$0.hasFinding }) {
            rows.remove(at: clean)
            rows.append(row)
        } else {
            hiddenFindings += 1
        }
    }

    private static func place(_ kind: ContractOutcome.Kind) -> (caller: String, owner: String?)? {
        switch kind {
        case .access(let caller, let owner): (caller, owner)
        case .probe("no-credential"): (anonymous, nil)
        case .probe, .rule, .promise: nil
        }
    }

    private static func cell(_ outcome: ContractOutcome) -> Cell? {
        switch outcome.verdict {
        case .passed: isLetIn(outcome) ? .letIn : .keptOut
        case .failed(let finding), .warned(let finding): finding.kind == .hole ? .hole : .deviation
        case .noVerdict: .unknown
        case .skipped: nil
        }
    }

    private static func isLetIn(_ outcome: ContractOutcome) -> Bool {
        guard case .access = outcome.kind else { return false }
        return outcome.isAdmitted ?? outcome.exchange?.status.map { (200..<300).contains($0) } ?? false
    }
}
