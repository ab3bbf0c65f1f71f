import ArgumentParser
import JSON
import Secrets
import Tokens

/// `usher tokens`
struct TokensCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens", _superCommandName: "usher",
        abstract: "Lists the cached tokens, without their values; --forget removes them.",
        discussion: """
            A token that is forgotten is given back first, where the environment has its identity and the provider a \
            'revoke' endpoint; where that fails, a warning says so, and it is forgotten all the same.
            """)

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Remove the tokens of an identity.", valueName: "name"))
    var forget: String?

    @Flag(help: "Remove all of them.")
    var all = false

    @Flag(name: .customLong("no-revoke"), help: "Only forget them here: ask no provider to take them back.")
    var noRevoke = false

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var transfer: TransferOptions

    func validate() throws {
        if all, forget != nil { throw ValidationError("Write '--forget NAME', or '--all'.") }
        if environment.sandbox {
            throw ValidationError("--sandbox keeps no tokens: there is nothing to list or to forget.")
        }
    }

    func run(output: OutputSeam) async -> ExitStatus {
        let problems = Problems(output)
        guard let folder = TokenCacheFolder.standard(ProcessVariables.all) else {
            problems.print("there is no cache folder: neither USHER_CACHE_DIR, XDG_CACHE_HOME nor HOME is set")
            return .noVerdict
        }
        let cache = CachedTokens(folder)
        do throws(CacheTrouble) {
            if all || forget != nil { return try await remove(from: cache, output, problems) }
            try list(cache, output)
            return .passed
        } catch {
            problems.print("\(error)")
            return .noVerdict
        }
    }

    private func remove(
        from cache: CachedTokens, _ output: OutputSeam, _ problems: Problems
    ) async throws(CacheTrouble) -> ExitStatus {
        // `--forget --all` says the same.
        let name = forget == "--all" ? nil : forget
        if !noRevoke {
            let kept = try cache.usable(of: name, at: TokenClock.system.wall())
            let giving = TokenReturn(environment: environment, transfer: transfer, output: output)
            if let status = await giving.run(kept, of: cache) { return status }
        }
        let count = try cache.forget(name)
        if count == 0, let name {
            problems.print("there is no cached token of '\(name)' in \(cache.path)")
            return .nothingRun
        }
        output.print("removed \(count) token\(count == 1 ? "" : "s") from \(cache.path)\n")
        return .passed
    }

    private func list(_ cache: CachedTokens, _ output: OutputSeam) throws(CacheTrouble) {
        let now = TokenClock.system.wall()
        let list = try cache.list(at: now)
        for problem in list.problems { output.printError("warning: \(problem)\n") }
        guard !list.rows.isEmpty else {
            output.print("no cached tokens in \(cache.path)\n")
            return
        }
        let rows = list.rows.map { row in
            [
                row.identity, row.provider, Self.state(row.state, now),
                row.obtainedAt.map { "since \(CheckText.moment($0))" } ?? "",
                (row.scope.map { "scope \($0.joined(separator: " "))" } ?? "")
                    + (row.hasRefreshToken ? (row.scope == nil ? "" : ", ") + "with refresh token" : ""),
            ]
        }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = row.enumerated().map { column, text in
                column < 4 ? text + String(repeating: " ", count: widths[column] - text.count) : text
            }
            let line = cells.joined(separator: "  ")
            output.print(String(line.reversed().drop { $0 == " " }.reversed()) + "\n")
        }
    }

    private static func state(_ state: CachedTokens.Row.State, _ now: Int64) -> String {
        switch state {
        case .good(let end?): "good for \(DurationText.display(.milliseconds(end - now)))"
        case .good(nil): "good, no end known"
        case .expired: "expired"
        case .refused: "refused by the API"
        case .failed(let end): "failed, not asked again for \(DurationText.display(.milliseconds(end - now)))"
        case .nothing: "no token"
        }
    }
}
