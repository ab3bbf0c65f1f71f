import Diagnostics
import Providers
import Templates

/// Where an environment gives the values of an identity, by the names that templates use: vars bare, `secret.X`.
///
/// What a template makes is wrong either as the provider wrote it or because of what was put in; only a reader of both
/// files can tell, so both places are named.
struct GivenPlaces: Sendable {
    /// What is shown where something is wrong.
    struct Fault {
        let place: Span
        /// Names the other places; goes behind the reason.
        let remark: String
    }

    private var spans: [String: Span]
    private let identity: Span

    init(_ binding: IdentityBinding, variant: ProviderVariant?) {
        spans = binding.vars.mapValues(\.span)
        identity = binding.span
        for (name, span) in binding.secretPlaces { spans["secret.\(name)"] = span }
        for (name, target) in variant?.secrets ?? [:] { spans["secret.\(name)"] = binding.secretPlaces[target] }
    }

    /// Of a text that a template gives. A built-in provider is no file of the user's: where it was given a value, that
    /// one's place is shown.
    func fault(in template: Template) -> Fault {
        let given = given(template)
        if template.span.isBuiltIn, let first = given.first {
            return Fault(place: first.span, remark: "")
        }
        let places = given.map { "'\($0.name)' is given at \($0.span.place)" }
        return Fault(place: template.span, remark: places.isEmpty ? "" : " (\(places.joined(separator: ", ")))")
    }

    /// Where a secret is bound; nil: it comes from a document.
    func place(ofSecret name: String) -> Span? { spans["secret.\(name)"] }

    /// Of a key that cannot be read: what stands in its secret is at fault.
    func unreadable(_ key: KeyRules) -> Fault {
        guard let secret = secret(of: key) else { return fault(in: key.value) }
        return Fault(
            place: spans[secret.name] ?? identity,
            remark: "; it stands in the secret '\(secret.short)', which is read as \"\(key.encoding.rawValue)\"")
    }

    /// Of a key of another kind than the provider signs with.
    func unfit(_ key: KeyRules) -> Fault {
        guard let secret = secret(of: key) else { return Fault(place: key.span, remark: "") }
        let place = spans[secret.name]
        let remark = "; it stands in the secret '\(secret.short)'"
        return key.span.isBuiltIn
            ? Fault(place: place ?? identity, remark: remark)
            : Fault(place: key.span, remark: remark + (place.map { ", bound at \($0.place)" } ?? ""))
    }

    private func secret(of key: KeyRules) -> (name: String, short: String)? {
        let names = key.value.names.flatMap(\.path.prefixes)
        return names.first { $0.hasPrefix("secret.") }.map { ($0, String($0.dropFirst("secret.".count))) }
    }

    private func given(_ template: Template) -> [(name: String, span: Span)] {
        var found: [(name: String, span: Span)] = []
        for name in template.names.flatMap(\.path.prefixes) where !found.contains(where: { $0.name == name }) {
            if let span = spans[name] { found.append((name, span)) }
        }
        return found
    }
}
