import Reports
import Results
import Secrets
import TestSupport
import Testing

/// Writes a JUnit file from events and returns its text.
func junit(
    _ events: [RunEvent], _ form: JUnitReport.Form = .normal, redactor: Redactor = Redactor()
) throws -> String {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.file("reports/junit.xml")
    let report = try JUnitReport(path: path, form: form, seam: OutputSeam(redactor: redactor))
    for event in events { try report.receive(event) }
    try report.close()
    return String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
}

/// The schemas of strict readers.
let schemas = ["windyroad-JUnit.xsd", "jenkins-junit-10.14c6e39c.xsd", "jenkins-junit-10.ae25da50.xsd"]

func schemaPath(_ name: String, file: String = #filePath) -> String {
    file.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/Fixtures/junit-xsd/\(name)"
}

/// Runs xmllint on a text; fails the test where it finds something wrong.
func xmllint(_ xml: String, schema: String? = nil) async throws {
    let arguments = (schema.map { ["--schema", schemaPath($0)] } ?? []) + ["--noout", "--nonet", "-"]
    do {
        let result = try await ChildProcess.run("xmllint", arguments, input: Array(xml.utf8))
        #expect(result.status == 0, "\(result.errorText)\n\(xml.prefix(4000))")
    } catch {
        Issue.record("xmllint does not start (\(error)); install what the tests need with `make setup-test`")
    }
}
