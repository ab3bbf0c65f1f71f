/// Blocks for the end of the run. Only the first ones are kept: nobody reads a thousand, and memory must not grow with
/// the number of requests.
struct FailureList {
    static let limit = 100

    let title: String
    /// What the title means, beside it.
    let note: String
    private(set) var blocks: [String] = []
    private(set) var count = 0

    init(_ title: String, _ note: String = "") {
        (self.title, self.note) = (title, note)
    }

    var isFull: Bool { count >= Self.limit }

    mutating func add(_ block: () -> String?) {
        if !isFull, let block = block() { blocks.append(block) }
        count += 1
    }

    func render(_ paint: Paint) -> String {
        guard count > 0 else { return "" }
        var text = "\n" + paint(title, .bold) + (note.isEmpty ? "" : paint("  \(note)", .dim)) + "\n"
        for block in blocks { text += "\n" + block }
        if count > blocks.count { text += "\nand \(count - blocks.count) more, which are only in the lines above\n" }
        return text
    }
}
