import Diagnostics
import JSON
import Secrets
import Templates

/// Parses and evaluates templates as a file's reader and a run would.
struct TemplateBench {
    var layers: [Scope.Layer] = []
    var redactor = Redactor()
    var source = ValueSource(now: { 1_795_595_400_250 }, random: { 0x0123_4567_89AB_CDEF })

    var scope: Scope { Scope(layers, functions: .standard(source), redactor: redactor) }

    /// A bench whose names are the members of this JSON object.
    init(_ variables: JSONValue = [:]) {
        layers = [Dictionary((variables.object ?? [:]).map { ($0.name, TemplateValue($0.value)) }) { _, last in last }]
    }

    mutating func addSecret(_ name: String, _ text: String, hosts: [String]? = nil) {
        let secret = Secret(text, label: name)
        redactor.register(secret)
        layers.append([name: TemplateValue(secret, hosts: hosts.map { HostList($0) })])
    }

    /// Parses the text as the value of a JSON file; `json` is the literal with its quotes.
    static func parse(json: String) throws -> (template: Template, problems: [Diagnostic]) {
        let file = SourceFile(path: "t.json", text: json)
        var context = ReadingContext(file: file)
        let template = Template(try JSONDocument.parse(file.bytes).root, &context)
        return (template, context.bag.diagnostics)
    }

    static func parse(_ text: String) throws -> (template: Template, problems: [Diagnostic]) {
        try parse(json: JSONWriter.quoted(text))
    }

    func value(_ text: String) throws -> TemplateValue {
        let (template, problems) = try Self.parse(text)
        if let problem = problems.first { throw problem }
        return try template.value(scope)
    }

    func json(_ text: String) throws -> String { try value(text).json.text() }

    func url(_ text: String) throws -> RenderedText {
        let (template, problems) = try Self.parse(text)
        if let problem = problems.first { throw problem }
        return try URLTemplate(template).text(scope)
    }
}
