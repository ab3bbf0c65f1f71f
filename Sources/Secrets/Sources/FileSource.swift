import Diagnostics
package import JSON

/// `{ "file": "key.pem", "pointer": "/x", "trim": true }`: a file, or a place in a JSON file.
package struct FileSource: SecretSource {
    package static let member = "file"
    package static let table = MemberTable(
        "file source",
        [
            MemberSpec("file", .text, "A path, relative to the environment file."),
            MemberSpec("pointer", .text, "A JSON Pointer to the value in the document."),
            MemberSpec("trim", .boolean, "Remove one line end behind the value (default true)."),
        ])

    let path: String
    let pointer: JSONPointer?
    let trim: Bool

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let path = reader.text("file") else { return nil }
        self.path = Self.resolve(path, besides: context.file.path)
        pointer = reader.pointer(PointerSource.member, &context)
        trim = reader["trim"]?.boolean ?? true
    }

    package var files: [String] { [path] }

    package var phrase: String { "the file \(path)" }

    package func read(in world: SecretWorld) throws(SecretError) -> String {
        let bytes: [UInt8]
        switch world.readFile(path) {
        case .success(let content): bytes = content
        case .failure(let error): throw SecretError("\(error)")
        }
        if let pointer { return try PointerSource.value(at: pointer, in: bytes, of: phrase) }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw SecretError("\(phrase) is not UTF-8 text")
        }
        if trim, let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty else { throw SecretError("\(phrase) is empty") }
        return text
    }

    /// Paths are relative to the file they stand in (formats.md R0); a `./` in front says nothing and is not shown.
    package static func resolve(_ path: String, besides file: String) -> String {
        var path = path
        while path.hasPrefix("./") { path = String(path.dropFirst(2).drop { $0 == "/" }) }
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return String(file[...slash]) + path
    }
}
