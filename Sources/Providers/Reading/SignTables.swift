import JSON

/// The table of `sign`.
enum SignTables {
    static let all = Set(sign.members.map(\.name)).subtracting(["scheme"])

    static let members: [SignRules.Scheme: Set<String>] = [
        .awsSigV4: ["accessKey", "secretKey", "sessionToken", "region", "service", "payload"],
        .hmac: [
            "algorithm", "key", "keyEncoding", "string", "encoding", "timestamp", "bodyHash", "bodyHashEncoding",
            "headers", "query",
        ],
        .hash: [
            "algorithm", "string", "encoding", "timestamp", "bodyHash", "bodyHashEncoding", "headers", "query",
        ],
        .httpSignature: [
            "algorithm", "key", "keyEncoding", "keyId", "components", "label", "created", "expires", "nonce", "tag",
        ],
        .wsse: ["username", "password", "encoding"],
        .digest: ["username", "password"],
        .dpop: ["algorithm", "key", "keyEncoding"],
        .oauth1: ["algorithm", "consumerKey", "consumerSecret", "token", "tokenSecret", "realm"],
    ]

    private static let words = ProviderTables.self

    static let sign = MemberTable(
        "signature",
        [
            MemberSpec("scheme", .word(words.words(SignRules.Scheme.self)), required: true, "How calls are signed."),
            MemberSpec(
                "algorithm", .text, "hmac, hash: sha256; http-signature: ed25519; dpop: ES256; oauth1: HMAC-SHA1."),
            MemberSpec("key", .text, "Default {{secret.privateKey}}, for a shared key {{secret.clientSecret}}."),
            MemberSpec("keyEncoding", .word(words.words(KeyRules.Encoding.self)), "Default pem; of a shared key utf8."),
            MemberSpec("accessKey", .text, "aws-sigv4: default {{secret.accessKeyId}}."),
            MemberSpec("secretKey", .text, "aws-sigv4: default {{secret.secretAccessKey}}."),
            MemberSpec("sessionToken", .text, "aws-sigv4: default {{secret.sessionToken}} where it is declared."),
            MemberSpec("region", .text, "aws-sigv4: eu-central-1."),
            MemberSpec("service", .text, "aws-sigv4: execute-api, s3."),
            MemberSpec("payload", .word(words.words(AWSSigV4Rules.Payload.self)), "aws-sigv4: default signed."),
            MemberSpec("string", .text, "hmac, hash: what is signed; knows request.X, secret.X, token.X and the vars."),
            MemberSpec(
                "encoding", .word(words.words(HMACRules.Encoding.self)),
                "hmac: of the signature, default hex; wsse: hex before base64."),
            MemberSpec("timestamp", .word(words.words(HMACRules.Timestamp.self)), "hmac: default epoch."),
            MemberSpec("bodyHash", .word(words.words(HMACRules.Hash.self)), "hmac: default sha256."),
            MemberSpec("bodyHashEncoding", .word(words.words(HMACRules.Encoding.self)), "hmac: default hex."),
            MemberSpec("headers", .map(.text), "hmac: header fields; they know {{signature}} too."),
            MemberSpec("query", .map(.text), "hmac: parameters; they know {{signature}} too."),
            MemberSpec("keyId", .text, "http-signature: the name of the key."),
            MemberSpec("components", .texts, "http-signature: default @method, @authority, @target-uri."),
            MemberSpec("label", .text, "http-signature: default sig1."),
            MemberSpec("created", .boolean, "http-signature: default true."),
            MemberSpec("expires", .duration, "http-signature: how long it is valid."),
            MemberSpec("nonce", .boolean, "http-signature: default false."),
            MemberSpec("tag", .text, "http-signature: names the application."),
            MemberSpec("username", .text, "wsse, digest: default {{secret.username}}."),
            MemberSpec("password", .text, "wsse, digest: default {{secret.password}}."),
            MemberSpec("consumerKey", .text, "oauth1: default {{secret.consumerKey}}."),
            MemberSpec("consumerSecret", .text, "oauth1: default {{secret.consumerSecret}}."),
            MemberSpec("token", .text, "oauth1: default {{secret.token}} where it is declared."),
            MemberSpec("tokenSecret", .text, "oauth1: default {{secret.tokenSecret}} where it is declared."),
            MemberSpec("realm", .text, "oauth1."),
        ])
}
