import TestSupport

/// The contract cases of a JUnit report.
struct ContractCases: Sendable {
    enum Ending: Hashable, Sendable {
        case passed, failed, noVerdict, skipped
    }

    struct Case: Hashable, Sendable {
        let name: String
        let ending: Ending
        /// Message and remarks: what changes where a rule only observes.
        let words: String

        /// `RES-03` of `RES-03 list resources`; nil for probes and callers.
        var rule: String? {
            let word = name.prefix { $0 != " " }
            let parts = word.split(separator: "-", omittingEmptySubsequences: false)
            let isID = parts.count == 2 && parts[1].count == 2 && parts[1].allSatisfy(\.isNumber)
            return isID ? String(word) : nil
        }
    }

    let cases: [Case]

    /// - Parameter report: as usher writes it, a case a line.
    init(_ report: String) {
        cases = report.split(separator: "<testcase ").dropFirst().compactMap { text in
            guard text.contains(".contract"), let name = Self.attribute("name", in: text) else { return nil }
            let ending: Ending =
                text.contains("<failure")
                ? .failed
                : text.contains("<error")
                    ? .noVerdict
                    : text.contains("<skipped")
                        ? .skipped : .passed
            let remarks = text.range(of: "<system-out>").map { String(text[$0.upperBound...]) } ?? ""
            return Case(
                name: name, ending: ending, words: (Self.attribute("message", in: text) ?? "") + remarks.prefix(2000))
        }
    }

    subscript(rule: String) -> [Case] { cases.filter { $0.rule == rule } }

    /// The rules and promises that failed.
    var failed: Set<String> { Set(cases.filter { $0.ending == .failed }.compactMap(\.rule)) }

    private static func attribute(_ name: String, in text: Substring) -> String? {
        guard let start = text.range(of: " \(name)=\"") else { return nil }
        let rest = text[start.upperBound...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
    }
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
