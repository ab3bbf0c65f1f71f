import Diagnostics
package import JSON

/// `{ "command": ["op", "read", "op://…"], "pointer": "/x", "timeout": "20s" }`: what a program prints; no shell, and of
/// the environment variables only the usual ones and those of `variables`.
///
/// Run once in a run for all secrets that name it, or again when what it gave has expired (`expiry`, `ttl`).
package struct CommandSource: SecretSource {
    package static let member = "command"
    package static let table = MemberTable(
        "command source",
        [
            MemberSpec("command", .texts, "A program and its arguments; no shell. Needs --allow-commands."),
            MemberSpec("pointer", .text, "A JSON Pointer to the value in the document."),
            MemberSpec("timeout", .duration, "After which the program is ended (default 20s)."),
            MemberSpec("expiry", .text, "A JSON Pointer to when the output expires: RFC 3339, or seconds since 1970."),
            MemberSpec("ttl", .duration, "How long the output is good for."),
            MemberSpec(
                "variables", .texts, "Environment variables the program gets beside the usual ones (HOME, PATH, …)."),
        ])

    let words: [String]
    let pointer: JSONPointer?
    let timeout: Duration
    let expiry: JSONPointer?
    let ttl: Duration?
    let variables: [String]

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let node = reader["command"] else { return nil }
        words = node.elements.compactMap(\.string)
        guard let program = words.first, !program.isEmpty, words.allSatisfy({ !$0.utf8.contains(0) }) else {
            context.error(
                "empty-command", "'command' names no program", at: node,
                help: "write the program and its arguments: [\"pass\", \"show\", \"zarv\"]")
            return nil
        }
        pointer = reader.pointer(PointerSource.member, &context)
        expiry = reader.pointer("expiry", &context)
        guard let timeout = Self.duration("timeout", reader, &context), let ttl = Self.duration("ttl", reader, &context)
        else { return nil }
        self.timeout = timeout ?? .seconds(20)
        self.ttl = ttl
        variables = reader["variables"].map { $0.elements.compactMap(\.string) } ?? []
    }

    /// nil where it is misshapen, which was reported.
    private static func duration(
        _ name: String, _ reader: MemberReader, _ context: inout ReadingContext
    ) -> Duration?? {
        guard let node = reader[name], let text = node.string else { return .some(nil) }
        guard let duration = DurationText.parse(text), duration > .zero else {
            context.wrongKind(name, node, wanted: Shape.duration.wanted)
            return nil
        }
        return duration
    }

    package var phrase: String { "the command '\(words.first ?? "")'" }

    package func read(in world: SecretWorld) async throws(SecretError) -> String {
        try await reading(in: world).text
    }

    package func reading(in world: SecretWorld) async throws(SecretError) -> SecretReading {
        guard world.allowsCommands else {
            throw SecretError(
                "\(phrase) is not run unless you allow it: add --allow-commands, or set USHER_ALLOW_COMMANDS=1")
        }
        // An argument holds no NUL, so two lists of words never read alike.
        let key = [Self.member] + words + ["\0"] + variables
        var reading = try await world.memory.value(key, now: world.now()) { () throws(SecretError) in
            let text = try await printed(in: world)
            return SecretReading(text, expiry: try end(of: text, at: world.now()))
        }
        if let pointer {
            reading.text = try PointerSource.value(
                at: pointer, in: Array(reading.text.utf8), of: "what \(phrase) prints")
        }
        return reading
    }

    private func printed(in world: SecretWorld) async throws(SecretError) -> String {
        let call = ProgramCall(
            words, variables: ChildVariables.of(world.variables, naming: variables), timeout: timeout)
        let result = try await world.run(call)
        guard result.status == 0 else { throw SecretError("\(phrase) failed with \(result.reason)") }
        guard var text = String(validating: result.output, as: UTF8.self) else {
            throw SecretError("\(phrase) printed something that is not UTF-8 text")
        }
        if let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty else { throw SecretError("\(phrase) printed nothing") }
        return text
    }

    private func end(of text: String, at now: Int64) throws(SecretError) -> Int64? {
        let limit = ttl.map { now + Int64($0 / .milliseconds(1)) }
        guard let expiry else { return limit }
        let value = try PointerSource.value(at: expiry, in: Array(text.utf8), of: "what \(phrase) prints")
        guard let stated = ExpiryText.milliseconds(value) else {
            throw SecretError("\(phrase) printed no time at \(expiry): neither RFC 3339 nor seconds since 1970")
        }
        return limit.map { min($0, stated) } ?? stated
    }
}
