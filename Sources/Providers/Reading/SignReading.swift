import HTTP
import JSON
import Templates

extension SignRules {
    /// What stands in `auth.sign`.
    init?(_ node: JSONNode, secrets: [SecretSpec], _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, SignTables.sign, &context), let scheme: Scheme = reader.word("scheme")
        else { return nil }
        let reading = SignReading(reader: reader, secrets: secrets)
        reading.checkMembers(scheme, &context)
        switch scheme {
        case .awsSigV4: self = .awsSigV4(reading.aws(&context))
        case .hmac: self = .hmac(reading.hmac(&context))
        case .hash: self = .hmac(reading.hmac(isKeyed: false, &context))
        case .httpSignature: self = .httpSignature(reading.httpSignature(&context))
        case .wsse:
            self = .wsse(
                username: reading.template("username", &context), password: reading.template("password", &context),
                isHexadecimal: reader.text("encoding") == HMACRules.Encoding.hex.rawValue)
        case .digest:
            self = .digest(
                username: reading.template("username", &context), password: reading.template("password", &context))
        case .dpop: self = .dpop(reading.dpop(&context))
        case .oauth1: self = .oauth1(reading.oauth1(&context))
        }
    }
}

/// Reads the members of `sign`, each for its scheme.
private struct SignReading {
    let reader: MemberReader
    let secrets: [SecretSpec]

    func checkMembers(_ scheme: SignRules.Scheme, _ context: inout ReadingContext) {
        let own = SignTables.members[scheme] ?? []
        for member in reader.node.members
        where SignTables.all.contains(member.name) && !own.contains(member.name) {
            context.error(
                "no-use", "'\(member.name)' has no meaning with the scheme \"\(scheme.rawValue)\"", at: member.nameNode,
                help: "\(scheme.rawValue) has: \(own.sorted().joined(separator: ", "))")
        }
    }

    /// What stands there, or the secret of the same name; reported where neither is.
    func template(_ name: String, secret: String? = nil, _ context: inout ReadingContext) -> Template {
        if let given = reader.template(name, &context) ?? ClientAuthRules.usual(secret ?? name, secrets) {
            return given
        }
        if reader.node[name] == nil {
            context.missing(
                name, in: reader,
                help: "\"\(name)\": \"{{secret.\(secret ?? name)}}\", or declare the secret '\(secret ?? name)'")
        }
        return Template(plain: "", at: context.span(reader.node))
    }

    func optional(_ name: String, _ context: inout ReadingContext) -> Template? {
        reader.template(name, &context) ?? ClientAuthRules.usual(name, secrets)
    }

    func aws(_ context: inout ReadingContext) -> AWSSigV4Rules {
        AWSSigV4Rules(
            accessKey: template("accessKey", secret: "accessKeyId", &context),
            secretKey: template("secretKey", secret: "secretAccessKey", &context),
            sessionToken: reader.template("sessionToken", &context) ?? ClientAuthRules.usual("sessionToken", secrets),
            region: required("region", "\"region\": \"eu-central-1\"", &context),
            service: required("service", "\"service\": \"execute-api\"", &context),
            payload: reader.word("payload") ?? .signed)
    }

    private func required(_ name: String, _ help: String, _ context: inout ReadingContext) -> Template {
        if reader.node[name] == nil { context.missing(name, in: reader, help: help) }
        return reader.template(name, &context) ?? Template(plain: "", at: context.span(reader.node))
    }

    func hmac(isKeyed: Bool = true, _ context: inout ReadingContext) -> HMACRules {
        let hash: HMACRules.Hash = algorithm(HMACRules.Hash.self, &context) ?? .sha256
        let headers = reader.headers("headers", &context)
        let query = reader.templates("query", &context)
        if reader.node["headers"] == nil, reader.node["query"] == nil {
            context.missing(
                "headers", in: reader,
                help: "say where the signature goes: \"headers\": { \"X-Signature\": \"{{signature}}\" }")
        }
        return HMACRules(
            hash: hash, key: isKeyed ? KeyRules(reader, isShared: true, secrets: secrets, &context) : nil,
            string: required(
                "string", "what is signed: \"{{request.method}}\\n{{request.path}}\\n{{request.body}}\"", &context),
            encoding: reader.word("encoding") ?? .hex, timestamp: reader.word("timestamp") ?? .epoch,
            bodyHash: reader.word("bodyHash") ?? .sha256, bodyHashEncoding: reader.word("bodyHashEncoding") ?? .hex,
            headers: headers, query: query)
    }

    func httpSignature(_ context: inout ReadingContext) -> HTTPSignatureRules {
        let algorithm = algorithm(HTTPSignatureRules.Algorithm.self, &context) ?? .ed25519
        return HTTPSignatureRules(
            algorithm: algorithm,
            key: KeyRules(reader, isShared: algorithm == .hmacSHA256, secrets: secrets, &context),
            keyID: reader.template("keyId", &context), components: components(&context),
            label: reader.text("label") ?? "sig1", hasCreated: reader.flag("created", &context) ?? true,
            lifetime: reader.duration("expires", &context), hasNonce: reader.flag("nonce", &context) ?? false,
            tag: reader.text("tag"))
    }

    private func components(_ context: inout ReadingContext) -> [HTTPSignatureRules.Component] {
        guard let node = reader["components"] else {
            let span = context.span(reader.node)
            return ["@method", "@authority", "@target-uri"].map { .init(name: $0, span: span) }
        }
        for element in node.elements {
            guard let text = element.string else { continue }
            let isDerived = HTTPSignatureRules.derived.contains(text)
            if isDerived || (HeaderFields.isToken(text) && text == text.lowercased()) { continue }
            context.error(
                "bad-component", "'\(text)' is no component of a request", at: element,
                help: "a header name in lower case, or one of \(HTTPSignatureRules.derived.joined(separator: ", "))")
        }
        return node.elements.compactMap { element in
            element.string.map { .init(name: $0, span: context.span(element)) }
        }
    }

    func dpop(_ context: inout ReadingContext) -> DPoPRules {
        let algorithm = algorithm(JWTAlgorithm.self, &context) ?? .es256
        if algorithm.isSymmetric, let node = reader["algorithm"] {
            context.error("bad-algorithm", "DPoP needs a key pair, not a shared key", at: node, help: "use \"ES256\"")
        }
        let hasKey = reader.node["key"] != nil
        return DPoPRules(
            algorithm: algorithm, key: hasKey ? KeyRules(reader, isShared: false, secrets: secrets, &context) : nil,
            span: context.span(reader.node["algorithm"] ?? reader.node))
    }

    func oauth1(_ context: inout ReadingContext) -> OAuth1Rules {
        OAuth1Rules(
            method: algorithm(OAuth1Rules.Method.self, &context) ?? .hmacSHA1,
            consumerKey: template("consumerKey", &context), consumerSecret: template("consumerSecret", &context),
            token: optional("token", &context), tokenSecret: optional("tokenSecret", &context),
            realm: reader.template("realm", &context))
    }

    /// Each scheme has its own words here, so that the table cannot check them.
    private func algorithm<Word: RawRepresentable<String> & CaseIterable>(
        _ type: Word.Type, _ context: inout ReadingContext
    ) -> Word? {
        guard let node = reader["algorithm"], let text = node.string else { return nil }
        let word = Word(rawValue: text)
        if word == nil {
            let words = type.allCases.map(\.rawValue)
            context.wrongKind(
                "algorithm", node, wanted: Shape.alternatives(words.map { "\"\($0)\"" }), words: words)
        }
        return word
    }
}
