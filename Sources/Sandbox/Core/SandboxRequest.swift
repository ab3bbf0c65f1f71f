package import HTTP

/// A request as a vendor sees it, apart from any socket.
package struct SandboxRequest: Sendable {
    package var method: String
    /// `Host` as sent: `api.zarv.com`, `127.0.0.1:8080`.
    package var authority: String
    package var isTLS: Bool
    /// Starts with `/`, as sent.
    package var path: String
    package var query: String?
    package var headers: HeaderFields
    package var body: [UInt8]
    /// The SHA-256 of the caller's client certificate in DER, base64url; nil: none was shown.
    package var certificate: String?
    /// What was taken off the front of `path` to find the vendor: `/zarv` on the plain port.
    var basePath = ""
    /// Whom a defect takes the caller for, whatever the credential.
    var admitted: Principal?

    /// - Parameter target: path and query, as in the request line.
    package init(
        _ method: String, _ target: String, authority: String, isTLS: Bool = true, headers: HeaderFields = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.authority = authority
        self.isTLS = isTLS
        self.headers = headers
        self.body = body
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map(String.init) ?? "/"
        query = parts.count > 1 ? String(parts[1]) : nil
    }

    /// `authority` without port, lower case.
    package var host: String {
        let name = authority.lowercased()
        guard !name.hasPrefix("["), let colon = name.lastIndex(of: ":") else { return name }
        return String(name[..<colon])
    }

    /// Scheme and authority, for links in answers.
    var origin: String { (isTLS ? "https://" : "http://") + authority }

    /// The media type without parameters, lower case; empty where there is none.
    package var mediaType: String {
        let value = headers["Content-Type"] ?? ""
        let type = value.split(separator: ";", omittingEmptySubsequences: false).first ?? ""
        return type.lowercased().filter { $0 != " " && $0 != "\t" }
    }

    var queryFields: FormFields { FormFields(query ?? "") }
}
