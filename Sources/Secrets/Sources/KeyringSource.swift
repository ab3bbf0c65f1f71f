import Diagnostics
package import JSON

/// `{ "keyring": { "service": "zarv", "account": "me" } }`: the keyring of the desktop, through the program that comes with
/// it: `secret-tool` of libsecret (Secret Service), on macOS `security` (Keychain). Never falls back to anything.
package struct KeyringSource: SecretSource {
    package static let member = "keyring"
    package static let table = MemberTable(
        "keyring source", [MemberSpec("keyring", .object("keyring"), "An entry of the desktop's keyring.")])
    static let place = MemberTable(
        "keyring", help: "An entry of the desktop's keyring.",
        [
            MemberSpec("service", .text, required: true, "The entry's service."),
            MemberSpec("account", .text, required: true, "The entry's account."),
        ])

    let service: String
    let account: String

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let node = reader["keyring"], let place = MemberReader(node, Self.place, &context),
            let service = place.text("service"), let account = place.text("account")
        else { return nil }
        self.service = service
        self.account = account
    }

    package var phrase: String { "the keyring entry '\(service)' of '\(account)'" }

    package func read(in world: SecretWorld) async throws(SecretError) -> String {
        try await reading(in: world).text
    }

    package func reading(in world: SecretWorld) async throws(SecretError) -> SecretReading {
        let call = ProgramCall(
            Self.words(service, account), variables: ChildVariables.of(world.variables), timeout: .seconds(10))
        let key = [Self.member, service, account]
        return try await world.memory.value(key, now: world.now()) { () throws(SecretError) in
            SecretReading(try await text(call, in: world))
        }
    }

    private func text(_ call: ProgramCall, in world: SecretWorld) async throws(SecretError) -> String {
        let result: ProgramResult
        do throws(SecretError) {
            result = try await world.run(call)
        } catch {
            throw SecretError("\(phrase) cannot be read: \(error)\(Self.advice)")
        }
        guard result.status == 0, !result.output.isEmpty else {
            let isMissing = result.errors.isEmpty || result.status == Self.notFound
            throw SecretError(
                isMissing
                    ? "\(phrase) is not there, or the keyring is locked"
                    : "\(phrase) cannot be read: \(call.program) failed with \(result.reason)")
        }
        guard var text = String(validating: result.output, as: UTF8.self) else {
            throw SecretError("\(phrase) is not UTF-8 text")
        }
        if let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty else { throw SecretError("\(phrase) is empty") }
        return text
    }

    #if os(macOS)
        /// errSecItemNotFound, as `security` ends with it.
        private static let notFound: Int32 = 44
        private static let advice = "; a locked keychain waits for its password: unlock it first"

        private static func words(_ service: String, _ account: String) -> [String] {
            ["/usr/bin/security", "find-generic-password", "-s", service, "-a", account, "-w"]
        }
    #else
        private static let notFound: Int32 = 127
        private static let advice =
            "; it takes 'secret-tool' (Debian and Fedora: libsecret-tools) and an unlocked keyring"

        private static func words(_ service: String, _ account: String) -> [String] {
            ["secret-tool", "lookup", "service", service, "account", account]
        }
    #endif
}
