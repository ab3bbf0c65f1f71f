import TestSupport
import Testing

/// Secrets that no output holds by chance, and that every encoding changes.
struct CanarySecrets: Sendable {
    /// Every symbol that somebody escapes, a blank and a letter outside ASCII.
    let password = #"Kq7/v+W"x'<Zj&%R= ü$mP\d9#T?8[y]{b}"#
    let lines = "fKs8-Li3e/7Gh+Qz\n  s3c9Nd \"LxQe\" 4&kW\nt7Rd=LwN5 ü9<Xv"
    let key = #"hN5+rT/2&s='W"8^vB$e"#
    let basic = #"pW:6/jD+"c&%4 üQ~x"#
    /// May stand in a host, which is then written in lower case.
    let digits = "Qx81736254K"
    let refresh = "rf-9Lk2/Mn8+Bv7=Cx6"
    let token: String
    let idToken: String
    /// A new PKCS#8 key in PEM.
    let pem: String
    /// What the identity service of a CI issues against.
    let proxy = "prX7kQ9vLw3Z"

    init() async throws {
        token = Self.jwt(#"{"sub":"n3rj8suq","exp":4102444800}"#, "N3rJ8sUqWmX4vBcT6yLkE2hGfD9aPzR7oIiQx5w")
        idToken = Self.jwt(#"{"nonce":"Zx5Cv6Bn7Ml8"}"#, "p1Oa2Is3Ud4Yf5Tg6Rh7Ej8Wk9Ql0ZmXnCbVqWe4")
        let made = try await ChildProcess.run(
            "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
        try #require(made.status == 0, "openssl genpkey: \(made.errorText)")
        pem = made.outputText
    }

    private static func jwt(_ claims: String, _ signature: String) -> String {
        [#"{"alg":"HS256","typ":"JWT"}"#, claims]
            .map { CanaryForm.base64(Array($0.utf8), urlSafe: true) }.joined(separator: ".") + "." + signature
    }

    /// Name and text. Of a JWT not the header, which is the same for all of an issuer's tokens.
    var all: [(name: String, text: String)] {
        [
            ("password", password), ("lines", lines), ("key", key), ("basic", basic), ("refresh", refresh),
            ("token", Self.withoutHeader(token)), ("idToken", Self.withoutHeader(idToken)), ("pem", pem),
            ("proxy", proxy), ("digits", digits),
        ]
    }

    /// The texts of these, whole.
    func texts(_ names: [String]) -> [String] {
        names.map { name in
            switch name {
            case "token": token
            case "idToken": idToken
            default: all.first { $0.name == name }?.text ?? name
            }
        }
    }

    private static func withoutHeader(_ token: String) -> String {
        token.split(separator: ".").dropFirst().joined(separator: ".")
    }

    /// Each of these in every form.
    func everything(_ names: [String]) -> String {
        texts(names).flatMap { text in CanaryForm.allCases.map { $0.write(text) } }.joined(separator: "\n")
    }
}
