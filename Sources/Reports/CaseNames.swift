import Results

/// The names of cases in reports: the same from run to run, without values, statuses and environments.
enum CaseNames {
    /// `collections/v1.2/zarv.json` becomes `collections.v1_2.zarv`: CI systems make a tree of the dots.
    static func className(path: String) -> String {
        var parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
        if let file = parts.popLast() { parts.append(withoutExtension(file)) }
        return parts.map(component).joined(separator: ".")
    }

    /// The class name of a group: that of the file, then the groups, outermost first.
    static func className(_ file: String, groups: [String]) -> String {
        groups.isEmpty ? file : ([file] + groups.map(component)).joined(separator: ".")
    }

    /// `read one`, `read one [NO]`.
    static func caseName(_ outcome: RequestOutcome) -> String {
        oneLine(outcome.name) + (outcome.rowLabel.map { " [\(oneLine($0))]" } ?? "")
    }

    /// `orders › read one [NO]`: as people read it below the name of its collection.
    static func title(_ outcome: RequestOutcome) -> String {
        (outcome.groups.map(oneLine) + [caseName(outcome)]).joined(separator: " › ")
    }

    /// `read one [NO] › no-credential`, `read one › as globex on acme's`, `RES-03 read one`, `TOK-09 acme`.
    static func caseName(_ outcome: ContractOutcome) -> String {
        switch outcome.kind {
        case .probe(let probe): "\(subject(outcome)) › \(probe)"
        case .access(let caller, let owner):
            "\(subject(outcome)) › as \(oneLine(caller))" + (owner.map { " on \(oneLine($0))'s" } ?? "")
        case .rule(let id), .promise(let id): "\(oneLine(id)) \(subject(outcome))"
        }
    }

    /// `orders › read one [NO] › no-credential`: as people read it below the name of its collection.
    static func title(_ outcome: ContractOutcome) -> String {
        (outcome.groups.map(oneLine) + [caseName(outcome)]).joined(separator: " › ")
    }

    /// `read one [NO]`; an identity where the case is about a token service.
    static func subject(_ outcome: ContractOutcome) -> String {
        oneLine(outcome.subject) + (outcome.rowLabel.map { " [\(oneLine($0))]" } ?? "")
    }

    private static func withoutExtension(_ file: String) -> String {
        guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
        return String(file[..<dot])
    }

    private static func component(_ text: String) -> String {
        String(oneLine(text).map { $0 == "." ? "_" : $0 })
    }

    /// White space folded to single blanks: XML readers fold it in attributes, each in its own way.
    static func oneLine(_ text: String) -> String {
        isOneLine(text) ? text : text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Nearly every name is plain ASCII with single blanks: seen without looking at characters.
    private static func isOneLine(_ text: String) -> Bool {
        var isAfterBlank = true
        for byte in text.utf8 {
            guard (0x20...0x7E).contains(byte), !(isAfterBlank && byte == 0x20) else { return false }
            isAfterBlank = byte == 0x20
        }
        return !isAfterBlank || text.isEmpty
    }
}
