import Diagnostics
package import JSON

/// `{ "dotenv": ".env", "name": "ZARV_PASSWORD" }`: a variable of a `.env` file. One that is set in the real environment
/// wins; nothing of the file is handed to programs.
package struct DotenvSource: SecretSource {
    package static let member = "dotenv"
    package static let table = MemberTable(
        "dotenv source",
        [
            MemberSpec("dotenv", .text, "A .env file, relative to the environment file; the real environment wins."),
            MemberSpec("name", .text, "The name of the variable in the file."),
        ])

    let path: String
    let name: String

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let path = reader.text("dotenv") else { return nil }
        guard let name = reader.text("name") else {
            if reader.node["name"] == nil {
                context.error(
                    "missing-member", "'dotenv' needs the member 'name'", at: reader.node,
                    help: "write { \"dotenv\": \"\(path)\", \"name\": \"THE_VARIABLE\" }")
            }
            return nil
        }
        self.path = FileSource.resolve(path, besides: context.file.path)
        self.name = name
    }

    package var files: [String] { [path] }

    package var phrase: String { "the variable \(name) of \(path)" }

    package func read(in world: SecretWorld) throws(SecretError) -> String {
        if let value = world.variable(name) { return value }
        let bytes: [UInt8]
        switch world.readFile(path) {
        case .success(let content): bytes = content
        case .failure(let error): throw SecretError("\(error)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SecretError("the file \(path) is not UTF-8 text")
        }
        guard let value = try DotenvFile(text, path).values[name] else {
            throw SecretError("\(phrase) is not there, and the environment variable \(name) is not set")
        }
        guard !value.isEmpty else { throw SecretError("\(phrase) is empty") }
        return value
    }
}
