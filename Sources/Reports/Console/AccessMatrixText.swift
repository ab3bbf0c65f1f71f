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
        let columns = Columns(names: matrix.callers.map { shown($0, 40) }, room: room)
        let names = matrix.rows.map { name($0) }
        let wanted = max(Self.title.count, names.map(\.count).max() ?? 0)
        let label = min(wanted, room.map { max(Self.leastLabel, $0 - columns.width) } ?? Self.mostLabel)
        var lines = [columns.head(paint, title: Self.title, label)]
        var collection: String?
        for (row, name) in zip(matrix.rows, names) {
            if collection != row.request.collection { lines.append(paint(shown(row.request.collection, 60), .dim)) }
            collection = row.request.collection
            let cells = zip(matrix.callers, columns.widths).map { caller, width in
                cell(row.cells[caller], width)
            }
            lines.append(Self.padded(fitted(name, label), label) + cells.joined())
        }
        lines += more(matrix) + columns.key(width: room).map { paint($0, .dim) } + legend(matrix)
        return "\n" + lines.map { Self.trimmed($0) + "\n" }.joined()
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
        let cells = matrix.rows.flatMap { row in matrix.callers.map { row.cells[$0] } }
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
            return paint(title, .bold) + space + columns.joined()
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
