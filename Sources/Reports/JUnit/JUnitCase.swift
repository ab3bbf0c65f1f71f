/// One case as JUnit knows it.
struct JUnitCase {
    enum Result {
        case passed
        /// The API broke its promise: `expectation`, or in a contract case `hole` or `deviation`.
        case failure(type: String, message: String, text: String)
        /// No verdict; the type is one of a fixed set of words.
        case error(type: String, message: String, text: String)
        case skipped(message: String)
    }

    var className: String
    var name: String
    var file: String
    var line: Int
    var milliseconds: Int
    var result: Result
    /// Goes to `system-out`.
    var remark: String?
    /// What was found and does not fail the run: a property.
    var warning: String?

    /// `file`, `line` and a case's properties and `system-out` are left out of the strict form: its schemas know none of
    /// them.
    func write(to xml: inout XMLText, form: JUnitReport.Form) {
        xml.raw("    <testcase")
        xml.attribute("classname", className)
        xml.attribute("name", name)
        xml.attribute("time", JUnitCounts.time(milliseconds))
        if form == .normal {
            xml.attribute("file", file)
            xml.attribute("line", line)
        }
        let remark = form == .normal ? remark : nil
        let warning = form == .normal ? warning : nil
        if case .passed = result, remark == nil, warning == nil { return xml.raw("/>\n") }
        xml.raw(">\n")
        if let warning {
            xml.raw("      <properties>\n        <property name=\"warning\"")
            xml.attribute("value", warning)
            xml.raw("/>\n      </properties>\n")
        }
        writeResult(to: &xml)
        if let remark {
            xml.raw("      <system-out>")
            xml.text(remark)
            xml.raw("</system-out>\n")
        }
        xml.raw("    </testcase>\n")
    }

    private func writeResult(to xml: inout XMLText) {
        switch result {
        case .passed: break
        case .failure(let type, let message, let text): writeChild("failure", type, message, text, to: &xml)
        case .error(let type, let message, let text): writeChild("error", type, message, text, to: &xml)
        case .skipped(let message):
            xml.raw("      <skipped")
            xml.attribute("message", message)
            xml.raw("/>\n")
        }
    }

    private func writeChild(_ tag: String, _ type: String, _ message: String, _ text: String, to xml: inout XMLText) {
        xml.raw("      <\(tag)")
        xml.attribute("message", message)
        xml.attribute("type", type)
        xml.raw(">")
        xml.text(text)
        xml.raw("</\(tag)>\n")
    }
}
