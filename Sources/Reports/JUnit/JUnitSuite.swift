import JSON
import Secrets

/// One suite: its head is written when the report is closed, its cases lie in the spool until then.
struct JUnitSuite {
    var name: String
    /// The class name its cases begin with.
    var package: String
    /// Milliseconds since 1970.
    var startedAt: Int64
    var counts = JUnitCounts()
    /// Holds its cases, those of a contract suite in another spool than those they come interleaved with.
    var spool: ReportSpool
    /// Where they lie in it.
    var cases: Range<Int>
    /// For the strict form, which has no room for them in a case. Only the first ones: they wait for the suite's end.
    private(set) var warnings: [String] = []
    private var warningCount = 0
    private static let warningLimit = 20

    /// - Parameter spool: what is appended to it from now on belongs to the suite.
    init(_ name: String, package: String, startedAt: Int64, spool: ReportSpool) {
        (self.name, self.package, self.startedAt, self.spool) = (name, package, startedAt, spool)
        cases = spool.size..<spool.size
    }

    mutating func add(_ result: JUnitCase, _ xml: XMLText) throws(OutputError) {
        counts.count(result)
        if let warning = result.warning {
            if warningCount < Self.warningLimit { warnings.append("\(result.name): \(warning)") }
            warningCount += 1
        }
        try spool.appendRedacted(xml.bytes)
        cases = cases.lowerBound..<spool.size
    }

    /// - Parameter id: counts the suites of the file from 0 (Windy Road's schema).
    func writeHead(to xml: inout XMLText, form: JUnitReport.Form, id: Int, notices: [String]) {
        xml.raw("  <testsuite")
        xml.attribute("name", name.isEmpty ? package : name)
        if form == .strict {
            xml.attribute("package", package)
            xml.attribute("id", id)
        }
        counts.write(to: &xml)
        xml.attribute("timestamp", CalendarTime(startedAt).timestamp)
        // Not the machine's name: it would go into every archive of reports.
        xml.attribute("hostname", "localhost")
        xml.raw(">\n")
        writeProperties(properties(notices, form), to: &xml, always: form == .strict)
    }

    func writeTail(to xml: inout XMLText, form: JUnitReport.Form) {
        if form == .strict { xml.raw("    <system-out/>\n    <system-err/>\n") }
        xml.raw("  </testsuite>\n")
    }

    private func properties(_ notices: [String], _ form: JUnitReport.Form) -> [(name: String, value: String)] {
        let notices = notices.map { (name: "notice", value: $0) }
        guard form == .strict else { return notices }
        let more = warningCount - warnings.count
        return notices + (warnings + (more > 0 ? ["and \(more) more"] : [])).map { (name: "warning", value: $0) }
    }

    private func writeProperties(_ properties: [(name: String, value: String)], to xml: inout XMLText, always: Bool) {
        guard !properties.isEmpty else {
            if always { xml.raw("    <properties/>\n") }
            return
        }
        xml.raw("    <properties>\n")
        for property in properties {
            xml.raw("      <property")
            xml.attribute("name", property.name)
            xml.attribute("value", property.value)
            xml.raw("/>\n")
        }
        xml.raw("    </properties>\n")
    }
}
