/// How the console report looks.
package struct ConsoleOptions: Sendable, Hashable {
    package enum Verbosity: Sendable {
        /// What did not pass, and the summary.
        case quiet
        /// A line for each request.
        case normal
        /// Method, URL, size and times below each line.
        case verbose
    }

    package var verbosity: Verbosity
    /// A line that shows how far the run is, rewritten in place.
    package var showsProgress: Bool
    package var hasColor: Bool
    /// Marks such as ✓; otherwise words.
    package var hasSymbols: Bool
    /// Columns, nil where lines need not fit anything.
    package var width: Int?

    package init(
        verbosity: Verbosity = .normal, showsProgress: Bool = false, hasColor: Bool = false, hasSymbols: Bool = true,
        width: Int? = nil
    ) {
        self.verbosity = verbosity
        self.showsProgress = showsProgress
        self.hasColor = hasColor
        self.hasSymbols = hasSymbols
        self.width = width
    }

    /// The options that fit where the output goes.
    ///
    /// Colour only on a terminal that knows it, without `--no-color` and with `NO_COLOR` unset or empty
    /// (no-color.org). No progress line in CI, where terminals are logs. Words instead of marks only on a terminal
    /// whose locale says that it is not UTF-8.
    /// - Parameter columns: as the terminal says (`TIOCGWINSZ`); `COLUMNS` and then 80 stand in for it.
    package static func detect(
        isTerminal: Bool, environment: [String: String], columns: Int? = nil, noColor: Bool = false,
        verbosity: Verbosity = .normal
    ) -> ConsoleOptions {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard isTerminal else { return ConsoleOptions(verbosity: verbosity) }
        let isCapable = (value("TERM") ?? "dumb") != "dumb"
        let isCI = value("CI").map { $0 != "false" } ?? false
        let locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG")
        let width = [columns, value("COLUMNS").flatMap { Int($0) }].compactMap(\.self).first { $0 >= 20 } ?? 80
        return ConsoleOptions(
            verbosity: verbosity,
            showsProgress: isCapable && !isCI && columns.map { $0 >= 20 } ?? true,
            hasColor: isCapable && !noColor && value("NO_COLOR") == nil,
            hasSymbols: locale.map { isUTF8($0) } ?? true,
            width: width)
    }

    private static func isUTF8(_ locale: String) -> Bool {
        let name = locale.lowercased()
        return name.contains("utf-8") || name.contains("utf8")
    }
}
