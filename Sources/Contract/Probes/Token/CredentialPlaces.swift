import Providers
import Secrets
import Tokens

/// Where in a token request the credential stands: who asks, and what proves it.
struct CredentialPlaces: Sendable {
    typealias Place = TokenRequestParts.Place

    /// The client's id, the user's name; the client's first.
    let names: [Place]
    /// The client's secret or signed assertion, the user's password, a grant that is one; the client's first.
    let secrets: [Place]

    var all: [Place] { names + secrets }

    /// Found by value, since a profile may call its members as it likes; by name where the profile names them.
    init(in parts: TokenRequestParts, of identity: BoundIdentity) {
        let isNamed = identity.clientAuth.method == .body || identity.clientAuth.method == .tls
        let fields = isNamed ? [identity.clientAuth.idField: true, identity.clientAuth.secretField: false] : [:]
        var names: [Place] = []
        var secrets: [Place] = []
        for (place, text) in parts.texts where !text.isEmpty {
            guard let isName = Self.isName(place, text, identity, fields) else { continue }
            if isName { names.append(place) } else { secrets.append(place) }
        }
        // Of several values that nothing tells apart, the first says who and the last one proves it.
        if secrets.isEmpty, names.count > 1 { secrets = [names.removeLast()] }
        if names.isEmpty, secrets.count > 1 { names = [secrets.removeFirst()] }
        self.names = Self.clientFirst(names, fields)
        self.secrets = Self.clientFirst(secrets, fields)
    }

    /// What the client shows before what a user or a grant does: the service looks at the client first.
    private static func clientFirst(_ places: [Place], _ fields: [String: Bool]) -> [Place] {
        func isClients(_ place: Place) -> Bool {
            guard case .member(let path) = place else { return true }
            return path.count == 1 && (path[0] == "client_assertion" || fields[path[0]] != nil)
        }
        return places.filter(isClients) + places.filter { !isClients($0) }
    }

    /// nil: no part of the credential.
    private static func isName(
        _ place: Place, _ text: String, _ identity: BoundIdentity, _ fields: [String: Bool]
    ) -> Bool? {
        switch place {
        case .basicID: return true
        case .basicSecret: return false
        case .member(let path):
            let member = path.last ?? ""
            if path.count == 1, let isName = fields[member] { return isName }
            if ["assertion", "client_assertion"].contains(member) { return false }
            guard let bound = identity.secrets.first(where: { $0.value.reveal() == text })?.key else { return nil }
            if identity.provider.secret(bound)?.isSensitive == false { return true }
            return saysWho(member) ?? saysWho(bound) ?? false
        }
    }

    private static func saysWho(_ name: String) -> Bool? {
        let name = name.lowercased()
        if ["secret", "pass", "pwd", "key", "token", "pin", "otp"].contains(where: name.contains) { return false }
        return ["id", "user", "name", "login", "mail", "account"].contains(where: name.contains) ? true : nil
    }
}
