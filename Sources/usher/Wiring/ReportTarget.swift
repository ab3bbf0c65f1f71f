import Secrets
import Workspace

/// The place of a report, as the command line names it.
enum ReportTarget {
    /// - Parameters:
    ///   - inputs: paths of what this command reads.
    ///   - others: places of its other reports.
    /// - Throws: a misuse where the report would replace one of them.
    static func check(_ path: String, against inputs: [String], others: [String] = []) throws(OutputError) {
        if let input = inputs.first(where: { Files.isSame($0, path) }) {
            throw OutputError("the report '\(path)' would replace \(input), which this run reads", isMisuse: true)
        }
        // A device such as /dev/stdout may take two.
        if others.contains(where: { $0 == path || Files.isSame($0, path) }), Files.isReplaceable(path) {
            throw OutputError("two reports would be written to '\(path)'", isMisuse: true)
        }
    }
}
