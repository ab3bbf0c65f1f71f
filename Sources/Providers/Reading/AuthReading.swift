import Diagnostics
import JSON

extension ProviderAuth {
    /// What stands in `auth`, over what the provider that is extended says.
    init?(
        _ node: JSONNode, secrets: [SecretSpec], base: ProviderAuth?, _ context: inout ReadingContext
    ) {
        guard let reader = MemberReader(node, TokenTables.auth, &context) else { return nil }
        guard let kind = reader.word("type") ?? base?.kind else {
            if reader.node["type"] == nil {
                context.missing("type", in: reader, help: TokenTables.auth.spec("type")?.help)
            }
            return nil
        }
        switch kind {
        case .none: self = .none
        case .fixed: self = .fixed
        case .sign: self = .signature
        case .token, .jwt:
            let inherited: TokenRules? = if case .token(let rules) = base { rules } else { nil }
            let reading = TokenRulesReading(reader: reader, secrets: secrets, base: inherited)
            guard let rules = kind == .token ? reading.fetched(&context) : reading.selfSigned(&context) else {
                return nil
            }
            self = .token(rules)
        }
        Self.checkUse(kind, reader, &context)
    }

    private var kind: Kind {
        switch self {
        case .none: .none
        case .fixed: .fixed
        case .signature: .sign
        case .token(let rules): rules.isSelfSigned ? .jwt : .token
        }
    }

    private static let ofTokens = [
        "grant", "request", "clientAuth", "scope", "params", "response", "refresh", "discovery", "steps", "interactive",
        "revoke", "introspect",
    ]

    private static func checkUse(_ kind: Kind, _ reader: MemberReader, _ context: inout ReadingContext) {
        let unused =
            switch kind {
            case .token: [String]()
            case .jwt: ofTokens
            case .none, .fixed, .sign: ofTokens + ["assertion"]
            }
        for name in unused {
            guard let nameNode = reader.nameNode(name) else { continue }
            context.error(
                "no-token", "'\(name)' has no meaning with the type \"\(kind.rawValue)\"", at: nameNode,
                help: name == "assertion"
                    ? "only the types \"token\" and \"jwt\" use one" : "only the type \"token\" fetches one")
        }
        if kind == .none, let nameNode = reader.nameNode("sign") {
            context.error(
                "no-sign", "'sign' has no meaning with the type \"none\"", at: nameNode,
                help: "write \"type\": \"sign\"")
        }
        if kind == .sign, reader.node["sign"] == nil {
            context.missing("sign", in: reader, help: "\"sign\": { \"scheme\": \"aws-sigv4\", … }")
        }
    }
}

extension ReadingContext {
    /// Reports a member that only some other member's value makes necessary; at the opening brace, as tables do.
    mutating func missing(_ name: String, in reader: MemberReader, help: String?) {
        let start = reader.node.range.lowerBound
        bag.error(
            "missing-member", "\(reader.table.phrase) needs the member '\(name)'", at: .init(file, start..<start + 1),
            label: "'\(name)' is missing", help: help)
    }
}
