import JSON

/// Faults of tokens that show what they hold: Clarify's, handed out as JWTs that are right but for one thing.
extension Defect {
    static let writtenTokens: [Defect] = [
        written("TOK-41", "makes tokens for a second audience that nobody asked for") { _, claims in
            claims["aud"] = .array([claims["aud"], "https://billing.clarify.test/"].compactMap { $0 })
        }
    ]

    private static func written(
        _ id: String, _ summary: String,
        _ change: @escaping @Sendable (_ header: inout JSONObject, _ claims: inout JSONObject) -> Void
    ) -> Defect {
        Defect(id, summary, [.clarify]) { faults in
            faults.alias { given in
                var header: JSONObject = ["alg": "RS256", "typ": "at+jwt", "kid": "1"]
                var claims = given.claims
                change(&header, &claims)
                // The door looks the whole token up; nobody verifies the signature.
                return [JSONValue.object(header).text(), JSONValue.object(claims).text(), given.token]
                    .map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
            }
        }
    }
}

extension GivenToken {
    /// Those of RFC 9068 §2.2.
    fileprivate var claims: JSONObject {
        let client = request.formValue("client_id") ?? ""
        let lifetime = answer["expires_in"]?.number?.int ?? 0
        return [
            "iss": "https://login.clarify.test/", "sub": .string(client), "client_id": .string(client),
            "aud": .string(request.formValue("audience") ?? ""), "iat": .integer(time),
            "exp": .integer(time + lifetime), "jti": .string(String(number)),
            "scope": .string((answer["scope"]?.string ?? "").replacing(",", with: " ")),
        ]
    }
}
