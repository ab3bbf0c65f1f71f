package import Diagnostics
import HTTP
import Providers
import Templates

/// What says where an identity's token service is and what is asked of it, for messages about them.
extension BoundIdentity {
    /// The URL in the provider's file that a request went to, or else what led to the metadata that named it; nil: an
    /// answer named it.
    func addressFault(_ url: HTTPURL) -> GivenPlaces.Fault? {
        template(of: url).map { given.fault(in: $0) } ?? discoveryFault
    }

    /// What leads to the server's metadata: its URL, or the issuer; nil where nothing is discovered.
    var discoveryFault: GivenPlaces.Fault? {
        guard let discovery = rules?.discovery else { return nil }
        return (discovery.url?.template ?? discovery.issuer).map { given.fault(in: $0) }
    }

    /// Where its one secret is bound, the others being no secrets; nil where it has several, or they come from a document.
    package var secretPlace: Span? {
        let names = secrets.keys.filter { provider.secret($0)?.isSensitive ?? true }
        guard names.count == 1, let name = names.first else { return nil }
        return given.place(ofSecret: name)
    }

    /// What names the scopes; nil where nothing does.
    var scopeFault: GivenPlaces.Fault? {
        let place = hasOwnScope ? span : rules?.scope.span
        return place.map { GivenPlaces.Fault(place: $0, remark: "") }
    }

    private func template(of url: HTTPURL) -> Template? {
        let scope = Scope([layer], functions: FunctionTable.standard())
        let own = addresses.first { address in
            guard let text = try? address.text(scope).text, let own = try? HTTPURL(parsing: text) else { return false }
            return own.origin == url.origin && own.path == url.path
        }
        return own?.template
    }

    private var addresses: [URLTemplate] {
        let others = [rules?.revoke?.url, rules?.introspect?.url, rules?.interactive?.deviceURL]
        return ([tokenURL, refreshURL] + (rules?.steps.map(\.request.url) ?? []) + others).compactMap(\.self)
    }
}
