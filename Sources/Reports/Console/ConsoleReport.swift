package import Results
package import Secrets

/// The report on standard output: a line for each request as it ends and for each contract case that was not simply
/// kept, on a terminal a progress line below it, at the end what did not pass, who was let in where, and a summary.
///
/// Every step is one write, so nothing of it interleaves with another; all text of others is redacted and made safe.
package final class ConsoleReport: Report {
    private let options: ConsoleOptions
    private let paint: Paint
    private let text: TerminalText
    private let write: (String) -> Void
    private let elapsed: () -> Duration
    private var progress = ProgressLine(total: 0)
    private var hasProgressLine = false
    private var collection: CollectionInfo?
    private var isHeadingDue = false
    private var failures = FailureList("Failures")
    private var errors = FailureList("Without verdict")
    private var credentials = FailureList("Credentials that could not be had")
    private var contract = ContractFindings()
    private var counted = RunTotals()
    private var totals: RunTotals?

    /// - Parameter elapsed: time since the run started; for tests.
    package convenience init(
        seam: OutputSeam, options: ConsoleOptions, elapsed: @escaping () -> Duration = ConsoleReport.stopwatch()
    ) {
        self.init(redactor: seam.redactor, options: options, elapsed: elapsed) { seam.print($0) }
    }

    init(
        redactor: Redactor, options: ConsoleOptions, elapsed: @escaping () -> Duration,
        write: @escaping (String) -> Void
    ) {
        self.options = options
        paint = Paint(hasColor: options.hasColor, hasSymbols: options.hasSymbols)
        text = TerminalText(redactor: redactor)
        self.write = write
        self.elapsed = elapsed
    }

    /// Counts from now on.
    package static func stopwatch() -> () -> Duration {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }

    package func receive(_ event: RunEvent) {
        switch event {
        case .runStarted(let info): start(info)
        case .collectionStarted(let info): (collection, isHeadingDue) = (info, true)
        case .requestFinished(let outcome): add(outcome)
        case .contractFinished(let outcome): add(outcome)
        case .collectionFinished: break
        case .credentialFinished(let outcome): add(outcome)
        case .runFinished(let totals): self.totals = totals
        }
    }

    package func close() {
        var totals = totals ?? counted
        if totals.duration == .zero { totals.duration = elapsed() }
        let lists = [failures, errors, credentials].map { $0.render(paint) }.joined() + endOfContract()
        let hasLines = options.verbosity != .quiet && counted.cases > 0 || !lists.isEmpty
        show(
            lists + (hasLines ? "\n" : "") + SummaryLine(paint: paint).render(totals, contract.counts),
            keepsProgress: false)
    }

    private func endOfContract() -> String {
        let isQuiet = options.verbosity == .quiet
        contract.matrix.close()
        let table = AccessMatrixText(paint: paint, text: text, width: options.width)
        return contract.render(paint, isQuiet: isQuiet) + (isQuiet ? "" : whereMoreIs + table.render(contract.matrix))
    }

    private var whereMoreIs: String {
        guard let rule = contract.explained else { return "" }
        let line = text.line(
            "More: \(ContractWords.more(rule)) says what is sent, what counts and what the words mean.")
        let lines = WordWrap.lines(line, width: options.width.map { max(20, $0 - 1) })
        return "\n" + lines.map { paint($0, .dim) + "\n" }.joined()
    }

    /// Notices are shown to the quiet too: they say that the run is not what it seems.
    private func start(_ info: RunInfo) {
        progress.total = info.requestCount
        show(info.notices.map { "\(paint("note", .boldYellow)): \(text.line($0, limit: 1000))\n" }.joined())
    }

    private func add(_ outcome: RequestOutcome) {
        counted.count(outcome.verdict)
        counted.contractCasesNotRun += outcome.contractCases
        contract.matrix.add(outcome, in: collection?.name ?? "")
        progress.done += 1
        // The quiet see the lines of those that no longer find room at the end.
        var isShown = options.verbosity != .quiet
        let block = FailureBlock(paint: paint, text: text)
        switch outcome.verdict {
        case .passed, .skipped: break
        case .failed:
            isShown = isShown || failures.isFull
            failures.add { block.render(outcome, in: collection?.name ?? "") }
            progress.failed += 1
        case .error:
            isShown = isShown || errors.isFull
            errors.add { block.render(outcome, in: collection?.name ?? "") }
            progress.failed += 1
        }
        show(isShown ? heading() + CaseLine(paint: paint, text: text, options: options).render(outcome) : "")
    }

    /// Of hundreds of contract cases those that were kept are no news.
    private func add(_ outcome: ContractOutcome) {
        counted.count(outcome.verdict)
        progress.contractCases += 1
        let block = ContractBlock(paint: paint, text: text, width: options.width)
        let isLeftOut = contract.add(outcome, in: collection?.name ?? "", block)
        var isShown = options.verbosity == .verbose
        switch outcome.verdict {
        case .passed, .skipped: break
        case .warned: isShown = options.verbosity != .quiet
        case .failed, .noVerdict:
            progress.failed += 1
            isShown = options.verbosity != .quiet || isLeftOut
        }
        let line = CaseLine(paint: paint, text: text, options: options)
        show(isShown ? heading() + line.render(outcome) : "")
    }

    private func add(_ outcome: CredentialOutcome) {
        counted.count(outcome.problem.map { .error($0) } ?? .passed)
        guard outcome.problem != nil else { return }
        credentials.add { FailureBlock(paint: paint, text: text).render(outcome) }
    }

    /// The line over the first case of a collection.
    private func heading() -> String {
        guard isHeadingDue, let collection else { return "" }
        isHeadingDue = false
        return "\n\(paint(text.line(collection.name), .bold))  \(paint(text.line(collection.path), .dim))\n"
    }

    /// Prints whole lines above the progress line.
    private func show(_ lines: String, keepsProgress: Bool = true) {
        var output = hasProgressLine ? "\r\u{1B}[K" : ""
        output += lines
        hasProgressLine = options.showsProgress && keepsProgress
        if hasProgressLine {
            output += paint("  " + progress.text(elapsed: elapsed(), width: options.width ?? 80), .dim)
        }
        if !output.isEmpty { write(paint.spell(output)) }
    }
}
