/// The access matrix as a table that fits the terminal, with a legend of the marks that stand in it.
struct AccessMatrixText {
    private static let title = "Access"
    private static let gap = 2
    /// Names of requests are not cut below this for the sake of the columns.
    private static let leastLabel = 30
    private static let mostLabel = 80

    let paint: Paint
    let text: TerminalText
    let width: Int?

    func render(_ matrix: AccessMatrix) -> String {
        guard !matrix.rows.isEmpty else { return "" }
        let tables = matrix.tables.map { table($0).joined(separator: "\n") }
        let lines = [paint(Self.title, .bold)] + tables + more(matrix) + legend(matrix)
        return "\n" + lines.map { $0 + "\n" }.joined()
    }

    /// A table for each collection, with columns for those who call there: all callers of a project find no room.
    private func table(_ table: AccessMatrix.Table) -> [String] {
        let columns = Columns(names: table.callers.map { shown($0, 40) }, room: room)
        let names = table.rows.map { name($0) }
        let title = shown(table.collection, 60)
        let wanted = max(title.count, names.map(\.count).max() ?? 0)
        let label = min(wanted, room.map { max(Self.leastLabel, $0 - columns.width) } ?? Self.mostLabel)
        let rows = zip(table.rows, names).map { row, name in
            let cells = zip(table.callers, columns.widths).map { cell(row.cells[$0], $1) }
            return Self.trimmed(Self.padded(fitted(name, label), label) + cells.joined())
        }
        return [Self.trimmed(columns.head(paint, title: title, label))] + rows
            + columns.key(width: room).map { paint($0, .dim) }
    }

    /// The last column of the terminal stays free.
    private var room: Int? { width.map { $0 - 1 } }

    private func name(_ row: AccessMatrix.Row) -> String {
        let name = (row.request.groups + [row.request.name]).joined(separator: " › ")
        return "  " + text.line(row.owner.map { "\(name), \($0)'s" } ?? name)
    }

    private func shown(_ name: String, _ limit: Int) -> String {
        fitted(text.line(name), limit)
    }

    /// Spelled out before it is measured: an ellipsis may take three columns.
    private func fitted(_ name: String, _ limit: Int) -> String {
        let name = paint.spell(name)
        return name.count <= limit ? name : paint.spell(name.cut(to: limit - (paint.hasSymbols ? 1 : 3)))
    }

    private func cell(_ cell: AccessMatrix.Cell?, _ width: Int) -> String {
        let mark = cell.map { paint(sign($0), color($0)) } ?? " "
        return String(repeating: " ", count: Self.gap) + mark + String(repeating: " ", count: width - 1)
    }

    private func sign(_ cell: AccessMatrix.Cell) -> String {
        switch cell {
        case .letIn: paint.hasSymbols ? "✓" : "+"
        case .keptOut: "–"
        case .hole: paint.hasSymbols ? "✗" : "X"
        case .deviation: "!"
        case .unknown: "?"
        }
    }

    private func color(_ cell: AccessMatrix.Cell) -> Paint.Color {
        switch cell {
        case .letIn, .keptOut: .green
        case .hole: .boldRed
        case .deviation, .unknown: .boldYellow
        }
    }

    private func more(_ matrix: AccessMatrix) -> [String] {
        guard matrix.hidden > 0 else { return [] }
        let findings = matrix.hiddenFindings > 0 ? ", \(matrix.hiddenFindings) of them with findings" : ""
        return ["  and \(matrix.hidden) more\(findings)"]
    }

    private func legend(_ matrix: AccessMatrix) -> [String] {
        let cells = matrix.tables.flatMap { table in table.rows.flatMap { row in table.callers.map { row.cells[$0] } } }
        let meanings: [(AccessMatrix.Cell?, String)] = [
            (.letIn, "let in, rightly"), (.keptOut, "kept out, rightly"),
            (.hole, "hole: let in, wrongly"), (.deviation, "refused wrongly, or not as documented"),
            (.unknown, "no verdict"), (nil, "blank: not asked"),
        ]
        let used = meanings.filter { cells.contains($0.0) }
        var lines: [(plain: Int, text: String)] = []
        for (cell, meaning) in used {
            let text = cell.map { paint(sign($0), color($0)) + " " + paint(meaning, .dim) } ?? paint(meaning, .dim)
            let plain = meaning.count + (cell == nil ? 0 : 2)
            if let last = lines.last, room.map({ last.plain + 3 + plain <= $0 }) ?? true {
                lines[lines.count - 1] = (last.plain + 3 + plain, last.text + "   " + text)
            } else {
                lines.append((plain + 2, "  " + text))
            }
        }
        return lines.map(\.text)
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}

extension AccessMatrixText {
    /// The callers' columns: their names where these fit, else numbers with a key below.
    struct Columns {
        private let names: [String]
        private let isNumbered: Bool
        /// As many as fit.
        let widths: [Int]

        init(names: [String], room: Int?) {
            self.names = names
            // A mark needs a column even under a name that is empty.
            let whole = names.map { max(1, $0.count) }
            guard let room, whole.reduce(0, { $0 + AccessMatrixText.gap + $1 }) > room - AccessMatrixText.leastLabel
            else { (isNumbered, widths) = (false, whole); return }
            isNumbered = true
            let width = "\(names.count)".count
            let fitting = max(1, (room - AccessMatrixText.leastLabel) / (AccessMatrixText.gap + width))
            widths = Array(repeating: width, count: min(fitting, names.count))
        }

        var width: Int { widths.reduce(0) { $0 + AccessMatrixText.gap + $1 } }

        func head(_ paint: Paint, title: String, _ label: Int) -> String {
            let gap = String(repeating: " ", count: AccessMatrixText.gap)
            let shown = isNumbered ? names.indices.map { "\($0 + 1)" } : names
            let columns = zip(shown, widths).map { gap + AccessMatrixText.padded($0, $1) }
            let space = String(repeating: " ", count: max(0, label - title.count))
            return paint(title, .dim) + space + columns.joined()
        }

        /// `1 acme   2 globex   3 anonymous`
        func key(width: Int?) -> [String] {
            guard isNumbered else { return [] }
            let shown = names.prefix(widths.count).enumerated().map { "\($0.offset + 1)\u{A0}\($0.element)" }
            let more = names.count - widths.count
            let all = shown + (more > 0 ? ["and \(more) more callers that find no room"] : [])
            return WordWrap.lines(all.joined(separator: ", "), width: width.map { $0 - 2 }).map { "  \($0)" }
        }
    }
}
