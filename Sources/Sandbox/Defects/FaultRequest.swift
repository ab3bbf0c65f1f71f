import HTTP
import JSON

/// What faults ask of a request and change in it.
extension SandboxRequest {
    var isAnonymous: Bool { !headers.contains(name: "Authorization") && queryFields["access_token"] == nil }

    /// What stands behind `Bearer` in the one Authorization header.
    var bearerToken: String? {
        let lines = headers.values("Authorization")
        guard lines.count == 1, let line = lines.first, line.lowercased().hasPrefix("bearer ") else { return nil }
        return String(line.dropFirst(7).drop { $0 == " " })
    }

    func admitting(_ principal: Principal?) -> SandboxRequest {
        var copy = self
        copy.admitted = principal
        return copy
    }

    mutating func setHeader(_ name: String, _ value: String?) {
        headers.removeAll(named: name)
        if let value { headers.append(HeaderField(name, value)) }
    }

    var isForm: Bool { mediaType == "application/x-www-form-urlencoded" }

    /// Of the form body, in order.
    var form: [(name: String, value: String)] {
        get { isForm ? FormFields(String(decoding: body, as: UTF8.self)).fields : [] }
        set {
            let pairs = newValue.map { "\(FormFields.encode($0.name))=\(FormFields.encode($0.value))" }
            body = Array(pairs.joined(separator: "&").utf8)
        }
    }

    func formValue(_ name: String) -> String? { form.first { $0.name == name }?.value }

    /// The JSON body's members; empty for any other body.
    var object: JSONObject {
        get { (try? JSONDocument.parse(body))?.root.value.object ?? [:] }
        set { body = Array(JSONValue.object(newValue).text().utf8) }
    }

    /// The method is one that changes nothing (RFC 9110 §9.2.1).
    var isSafe: Bool { ["GET", "HEAD", "OPTIONS", "TRACE"].contains(method) }

    /// The documented login of a credential, sent where this request went.
    func asLogin(of known: DemoCredential, _ hosts: VendorHosts) -> SandboxRequest {
        var copy = self
        copy.method = "POST"
        copy.query = nil
        copy.setHeader("Authorization", nil)
        copy.setHeader("Content-Type", known.usesForm ? "application/x-www-form-urlencoded" : "application/json")
        copy.body = Array(known.loginBody(audience: "https://\(hosts.api.first ?? "")/").utf8)
        return copy
    }
}

extension DemoCredential {
    var usesForm: Bool { Vendor.form.contains(vendor) || vendor == .oidc }

    /// What the vendor's page says to send; every scope the credential may have.
    ///
    /// - Parameter audience: Clarify's.
    func loginBody(audience: String) -> String {
        let form = "grant_type=client_credentials&client_id=\(name)&client_secret=\(secret)"
        return switch vendor {
        case .zara4: form + "&scope=image-processing,usage"
        case .clarify: form + "&audience=\(audience)"
        case .oidc: form
        case .zarv: #"{"username":"\#(name)","password":"\#(secret)"}"#
        case .clazar: #"{"client_id":"\#(name)","client_secret":"\#(secret)"}"#
        case .scalar:
            #"{"clientId":"\#(name)","clientSecret":"\#(secret)","audience":"API","scope":["UMAPI","PLAPI"]}"#
        }
    }
}
