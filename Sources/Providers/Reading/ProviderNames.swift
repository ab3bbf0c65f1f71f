import Diagnostics
import JSON
import Templates

/// The names a provider's templates may use: declared vars bare, `secret.X`, `token.value|type|refresh`, `captured.X`.
struct ProviderNames: Sendable {
    /// What is known where a template is evaluated.
    enum Stage {
        /// Before a token request is built.
        case variables
        /// In a token request.
        case request
        /// In a token request's assertion: the key too.
        case assertion
        /// In a renewal: the token so far is known too.
        case refresh
        /// In a call of the API.
        case call
        /// In the text that is signed, and in what carries the signature.
        case signing, signature
        /// In a call, but not secret: fixed headers, the base URL.
        case openCall
    }

    let vars: [String]
    let secrets: [String]
    let captures: [String]
    /// Those that may stand in reports.
    let openCaptures: [String]
    let hasToken: Bool
    /// All steps of the provider, and how many of them have been taken.
    let steps: [StepRules]
    var taken = 0

    private static let reserved = [
        "secret", "token", "captured", "steps", "identities", "request", "signature", "key", "true", "false", "null",
    ]

    /// What a signature's templates know of the request.
    static let request = [
        "method", "url", "host", "path", "query", "body", "bodyHash", "timestamp", "nonce", "contentType",
    ].map { "request.\($0)" }

    /// A name that templates can use: letters, digits and `_`, the first no digit; bare, it must be no word of theirs.
    static func isName(_ member: JSONMember, isBare: Bool = false, _ context: inout ReadingContext) -> Bool {
        isName(member.name, isBare: isBare, at: member.nameNode, &context)
    }

    static func isName(
        _ name: String, isBare: Bool = false, at node: JSONNode, _ context: inout ReadingContext
    ) -> Bool {
        let fits =
            name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            } && !(name.utf8.first.map { (0x30...0x39).contains($0) } ?? true)
        let isTaken = isBare && reserved.contains(name)
        if fits, !isTaken { return true }
        context.error(
            "bad-name",
            isTaken ? "'\(name)' is a word of the template language" : "'\(name)' cannot be a name in templates",
            at: node,
            help: isTaken
                ? "not one of: \(reserved.joined(separator: ", "))" : "use letters, digits and _, a letter first")
        return false
    }

    func known(_ stage: Stage) -> Set<String> {
        var names = Set(vars)
        let isLater = stage == .refresh || stage == .call || stage == .signing || stage == .signature
        if stage == .request || stage == .assertion || isLater { names.formUnion(secrets.map { "secret.\($0)" }) }
        if stage == .assertion { names.formUnion(["key.id", "key.thumbprint", "key.fingerprint"]) }
        if stage == .request { names.formUnion(steps.prefix(taken).flatMap(\.names)) }
        if isLater { names.formUnion(captures.map { "captured.\($0)" }) }
        if stage == .openCall { names.formUnion(openCaptures.map { "captured.\($0)" }) }
        if stage == .signing || stage == .signature { names.formUnion(Self.request) }
        if stage == .signature { names.insert("signature") }
        if hasToken, isLater {
            names.formUnion(["token.value", "token.type", "token.refresh"])
        }
        return names
    }

    /// Reports every name that is not known there.
    func check(
        _ used: [(path: NamePath, span: Span, isOptional: Bool)], _ stage: Stage, _ bag: inout DiagnosticBag
    ) {
        let known = known(stage)
        for name in used where known.isDisjoint(with: name.path.prefixes) {
            bag.error("undefined-name", title(name.path), at: name.span, help: help(name.path, known, stage))
        }
    }

    private func title(_ path: NamePath) -> String {
        let later = known(.call).union(steps.flatMap(\.names))
        if !later.isDisjoint(with: path.prefixes) { return "'\(path.text)' is not known here" }
        return "'\(path.text)' is not defined in this provider"
    }

    private func help(_ path: NamePath, _ known: Set<String>, _ stage: Stage) -> String {
        if path.root == "token", !hasToken { return "only a provider that fetches a token has one" }
        if path.root == "captured", stage == .openCall, !self.known(.call).isDisjoint(with: path.prefixes) {
            return "what stands in reports can only use captures with \"secret\": false"
        }
        if let help = stepHelp(path, stage) ?? captureHelp(path) { return help }
        if path.root == "secret", stage == .openCall {
            return
                "a secret of a call goes into 'apply': { \"in\": \"header\", \"name\": …, \"value\": \"{{\(path.text)}}\" }"
        }
        let near = nearest(to: path.text, among: known.sorted()).map { "did you mean '\($0)'?" }
        if path.root == "secret", stage != .variables, stage != .openCall, case .name(let name)? = path.steps.first {
            // The nearest may be another secret altogether, such as the id beside the secret.
            let declared = secrets.isEmpty || near != nil ? "" : " (declared: \(secrets.joined(separator: ", ")))"
            return (near.map { $0 + " else " } ?? "") + "declare \"\(name)\": {} under 'secrets'" + declared
        }
        if let near { return near }
        if !known.isEmpty { return "known here: " + known.sorted().joined(separator: ", ") }
        return stage == .variables ? "this provider declares no vars" : "this provider declares no vars and no secrets"
    }
}

// MARK: Answers of steps

extension ProviderNames {
    /// Which step gives what, and whether it has been taken there; nil for names that are none of a step's.
    private func stepHelp(_ path: NamePath, _ stage: Stage) -> String? {
        guard path.root == "steps", !steps.isEmpty else { return nil }
        guard let index = steps.firstIndex(where: { path.prefixes.contains("steps.\($0.id)") }) else {
            return "the steps are " + steps.map(\.gift).joined(separator: "; ")
        }
        let step = steps[index]
        guard step.names.contains(where: path.prefixes.contains) else { return "the step \(step.gift)" }
        if stage != .request { return "answers of steps are known to the steps after them and to the token request" }
        let before =
            taken == 0 ? "it is the first" : "before it: " + steps.prefix(taken).map(\.gift).joined(separator: "; ")
        return index == taken
            ? "this is the step '\(step.id)' itself, its answer is not there yet"
            : "the step '\(step.id)' is taken after this one; \(before)"
    }

    /// A value that a step gives does not go by the name of one of the token answer.
    private func captureHelp(_ path: NamePath) -> String? {
        guard path.root == "captured", case .name(let name)? = path.steps.first else { return nil }
        let giver = steps.first { step in step.response.capture.contains { $0.name == name } }
        return giver.map { "the step '\($0.id)' captures it, not the token answer: steps.\($0.id).\(name)" }
    }
}

extension StepRules {
    /// What later templates may use.
    fileprivate var names: [String] { members.map { "steps.\(id).\($0)" } }

    /// "'login' gives sid, body, cookies".
    fileprivate var gift: String { "'\(id)' gives \(members.joined(separator: ", "))" }

    private var members: [String] { response.capture.map(\.name) + ["body", "cookies"] }
}
