import HTTP
import Providers
import Tokens

extension ResourceProbe {
    /// The right token behind the wrong word: some servers read the second word alone.
    static let otherScheme = ResourceProbe("N-05", .otherScheme, class: 2) { material in
        material.withScheme { (parts) throws(CredentialError) in
            let isBasic = HeaderFields.sameName(parts[0].scheme ?? "", "Basic")
            var requests: [DerivedRequest] = []
            for scheme in [isBasic ? "Bearer" : "Basic", "Usher"] {
                let sent = "with the same credential behind the scheme '\(scheme)'"
                requests.append(
                    try material.changing(sent) { part in part.scheme.map { _ in "\(scheme) \(part.content)" } })
            }
            return requests
        }
    }
}
