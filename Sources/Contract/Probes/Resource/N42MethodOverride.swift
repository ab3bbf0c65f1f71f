import HTTP
import Tokens

extension ResourceProbe {
    /// Guards that are bound to a method are walked around by a method nobody knows, or by a field that names another one.
    /// The POST cannot be processed: its body is no JSON.
    static let methodOverride = ResourceProbe("N-42", class: 5) { material in
        guard material.hasCredential, material.request.method == .get else {
            return .impossible("only a GET with a credential is asked for by other methods")
        }
        return material.attempt { () throws(CredentialError) in
            var requests: [DerivedRequest] = []
            if let invented = HTTPMethod(rawValue: "USHER") {
                requests.append(
                    try material.bare("without credential, by a method that does not exist") { $0.method = invented })
            }
            for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
                requests.append(
                    try material.bare("without credential, by POST with \(name): GET") { request in
                        request.method = .post
                        request.body = .bytes(HarmlessForm.brokenBody)
                        request.headers.removeAll(named: "Content-Type")
                        request.headers.append(HeaderField("Content-Type", "application/json"))
                        request.headers.append(HeaderField(name, "GET"))
                    })
            }
            return requests
        }
    }
}
