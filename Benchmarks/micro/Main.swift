import Diagnostics
import Foundation
import HTTP
import JSON
import Reports
import Results
import Secrets
import Templates

/// How fast single parts are, in MB/s. `make bench-micro` runs it with three JSON documents of the benchmarks.
@main
enum Main {
    static func main() throws {
        for path in CommandLine.arguments.dropFirst() {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            try parsing(data, name: URL(fileURLWithPath: path).lastPathComponent)
        }
        try rendering()
        redacting()
        try writingJUnit()
    }

    private static func parsing(_ data: Data, name: String) throws {
        let bytes = [UInt8](data)
        try Meter.print("JSON parse, \(name)", bytes: bytes.count) { Meter.keep(try JSONDocument.parse(bytes)) }
        try Meter.print("JSON parse, \(name), Foundation", bytes: bytes.count) {
            Meter.keep(try JSONSerialization.jsonObject(with: data))
        }
        let document = try JSONDocument.parse(bytes)
        for text in ["$.items[*].attributes.state", "$..sku"] {
            let path = try JSONPath(parsing: text)
            guard !path.select(document.root).isEmpty else { continue }
            Meter.print("JSONPath \(text), \(name)", bytes: bytes.count) { Meter.keep(path.select(document.root)) }
        }
    }

    private static func rendering() throws {
        let text = "/v1/tenants/{{tenant}}/orders/{{order.lines[0].sku}}?state={{state}}&from={{page}}"
        let file = SourceFile(path: "bench.json", text: JSONWriter.quoted(text))
        var context = ReadingContext(file: file)
        let template = Template(try JSONDocument.parse(file.bytes).root, &context)
        let order = JSONValue.object(["lines": .array([.object(["sku": .string("A-1")])])])
        let layer: Scope.Layer = [
            "tenant": TemplateValue(.string("acme")), "order": TemplateValue(order),
            "state": TemplateValue(.string("active")), "page": TemplateValue(.string("1")),
        ]
        let scope = Scope([layer], functions: .standard())
        let size = try template.text(scope).text.utf8.count
        try Meter.print("template, four placeholders", bytes: size) { Meter.keep(try template.text(scope)) }
    }

    private static func redacting() {
        let redactor = Redactor()
        for n in 0..<4 { redactor.register("secret-value-\(n)-0123456789abcdef", label: "secret \(n)") }
        let line = "GET https://api.example.test/v1/orders/1042?page=1 answered 200 (361 B) in 12 ms\n"
        let short = [UInt8](line.utf8)
        let long = [UInt8](String(repeating: line, count: 12_000).utf8)
        Meter.print("redaction, a line without secrets", bytes: short.count) { Meter.keep(redactor.redact(short)) }
        Meter.print("redaction, 1 MB without secrets", bytes: long.count) { Meter.keep(redactor.redact(long)) }
        let leaking = [UInt8](String(repeating: line + "secret-value-2-0123456789abcdef\n", count: 9_000).utf8)
        Meter.print("redaction, 1 MB with 9,000 secrets", bytes: leaking.count) { Meter.keep(redactor.redact(leaking)) }
    }

    private static func writingJUnit() throws {
        let path = NSTemporaryDirectory() + "usher-microbench-\(getpid()).xml"
        defer { unlink(path) }
        let span = Span(SourceFile(path: "collections/a.json", text: "{}"), 0..<2)
        let exchange = ExchangeSummary(
            method: "GET", url: "https://api.example.test/v1/orders/1042?page=1", status: 200, bodySize: 361)
        let outcome = RequestOutcome(
            groups: ["orders"], name: "read one", span: span, verdict: .passed, duration: .microseconds(1234),
            exchange: exchange)
        let seam = OutputSeam(redactor: Redactor())
        let write = {
            let report = try JUnitReport(path: path, seam: seam)
            let info = CollectionInfo(name: "bench", path: "collections/a.json", startedAt: 0)
            try report.receive(.collectionStarted(info))
            for _ in 0..<10_000 { try report.receive(.requestFinished(outcome)) }
            try report.receive(.collectionFinished(info))
            try report.close()
        }
        try write()
        let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
        try Meter.print("JUnit, 10,000 cases", bytes: size, write)
    }
}
