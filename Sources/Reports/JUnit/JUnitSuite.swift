import JSON

/// One suite: its head is written when the report is closed, its cases lie in the spool until then.
struct JUnitSuite {
    var name: String
    /// The class name its cases begin with.
    var package: String
    /// Milliseconds since 1970.
    var startedAt: Int64
    var counts = JUnitCounts()
    /// Where its cases lie in the spool.
    var cases: Range<Int>

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
        writeProperties(notices, to: &xml, always: form == .strict)
    }

    func writeTail(to xml: inout XMLText, form: JUnitReport.Form) {
        if form == .strict { xml.raw("    <system-out/>\n    <system-err/>\n") }
        xml.raw("  </testsuite>\n")
    }

    private func writeProperties(_ notices: [String], to xml: inout XMLText, always: Bool) {
        guard !notices.isEmpty else {
            if always { xml.raw("    <properties/>\n") }
            return
        }
        xml.raw("    <properties>\n")
        for notice in notices {
            xml.raw("      <property name=\"notice\"")
            xml.attribute("value", notice)
            xml.raw("/>\n")
        }
        xml.raw("    </properties>\n")
    }
}
