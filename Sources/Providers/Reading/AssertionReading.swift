import Diagnostics
import JSON
import Templates

extension AssertionRules {
    /// What an assertion is for decides its defaults.
    enum Use {
        case client, clientSecret, grant, token
    }

    init?(_ node: JSONNode, use: Use, secrets: [SecretSpec], _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, TokenTables.assertion, &context) else { return nil }
        let algorithm: JWTAlgorithm = reader.word("alg") ?? (use == .clientSecret ? .hs256 : .rs256)
        let key = KeyRules(reader, isShared: algorithm.isSymmetric, secrets: secrets, &context)
        self.init(
            algorithm: algorithm, key: key, header: reader.members("header", &context),
            claims: reader.members("claims", &context),
            lifetime: reader.duration("ttl", &context) ?? .seconds(300), audience: reader.template("aud", &context),
            hasID: reader.flag("jti", &context) ?? (use != .token))
        check(reader, &context)
        if use == .clientSecret, !algorithm.isSymmetric, let node = reader["alg"] {
            context.error(
                "bad-algorithm",
                "client_secret_jwt signs with the client secret, but \(algorithm.rawValue) needs a key",
                at: node, help: "use \"HS256\", or the method \"private_key_jwt\"")
        }
    }

    /// Signed with the client secret, where nothing is said (RFC 7523 §2.2, OpenID Connect Core §9).
    static func clientSecret(_ secrets: [SecretSpec], at span: Span) -> AssertionRules {
        let key =
            ClientAuthRules.usual("clientSecret", secrets) ?? Template(plain: "", at: span)
        return AssertionRules(
            algorithm: .hs256, key: KeyRules(value: key, encoding: .utf8, span: span), header: [], claims: [],
            lifetime: .seconds(300), audience: nil, hasID: true)
    }

    private func check(_ reader: MemberReader, _ context: inout ReadingContext) {
        if lifetime <= .zero || lifetime > .seconds(86_400), let node = reader["ttl"] {
            context.error("bad-ttl", "'ttl' must be above zero and at most a day", at: node)
        }
        if let node = reader["header"]?["alg"] {
            context.error("alg-twice", "the algorithm stands in 'alg', not in the header", at: node)
        }
    }
}

extension KeyRules {
    /// The members `key` and `keyEncoding`; the default is the secret `privateKey`, for a shared key `clientSecret`.
    init(_ reader: MemberReader, isShared: Bool, secrets: [SecretSpec], _ context: inout ReadingContext) {
        let usual = isShared ? ["clientSecret", "key"] : ["privateKey", "key"]
        let name = usual.first { name in secrets.contains { $0.name == name } }
        let key = reader.template("key", &context)
        if key == nil, name == nil, reader.node["key"] == nil {
            context.missing(
                "key", in: reader,
                help:
                    "\"key\": \"{{secret.\(usual[0])}}\", and declare that secret; or declare the secret '\(usual[0])'")
        }
        let encoding: Encoding = reader.word("keyEncoding") ?? (isShared ? .utf8 : .pem)
        self.init(
            value: key ?? name.map { .secret($0, at: context.span(reader.node)) }
                ?? Template(plain: "", at: context.span(reader.node)), encoding: encoding,
            span: Self.wish(reader, isShared, context))
        guard let node = reader["keyEncoding"] else { return }
        if isShared, encoding == .pem {
            context.error(
                "bad-key-encoding", "a shared key is not written in PEM", at: node,
                help: "use \"utf8\", \"hex\", \"base64\" or \"jwk\"")
        }
        if !isShared, encoding != .pem, encoding != .jwk {
            context.error("bad-key-encoding", "a private key is written as \"pem\" or \"jwk\"", at: node)
        }
    }

    private static func wish(_ reader: MemberReader, _ isShared: Bool, _ context: ReadingContext) -> Span {
        let names = isShared ? ["keyEncoding", "key"] : ["algorithm", "alg", "key"]
        return context.span(names.lazy.compactMap { reader.node[$0] }.first ?? reader.node)
    }
}
