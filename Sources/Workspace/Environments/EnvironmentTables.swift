package import JSON
import Secrets

/// The members of an environment file (formats.md R5).
package enum EnvironmentTables {
    package static let environment = MemberTable(
        "environment", help: "Variables, identities and where their secrets come from.",
        [
            MemberSpec("name", .text, required: true, "Shown in reports."),
            MemberSpec("extends", .text, "Another environment file; this one wins by name."),
            MemberSpec("safety", .word(Environment.Safety.allCases.map(\.rawValue)), "What may be sent here."),
            MemberSpec("variables", .map(.any), "Names for the placeholders; hide those of collections."),
            MemberSpec("identities", .map(.object("identity")), "Who may send: name → identity."),
            MemberSpec("groups", .map(.texts), "Names for several identities, usable in 'access'."),
        ])

    package static let identity = MemberTable(
        "identity", help: "One caller: a provider and the secrets it asks for.",
        [
            MemberSpec("provider", .text, required: true, "The id of the provider that issues its credential."),
            MemberSpec("variant", .text, "A variant of the provider, such as its own sandbox."),
            MemberSpec("vars", .map(.text), "Values for the provider's vars."),
            MemberSpec("scope", .texts, "Scopes to ask for, in place of the provider's."),
            MemberSpec("secrets", .map(.either([.object("secret binding"), .text])), "name → where it comes from."),
            MemberSpec("from", .object("secret binding"), "One JSON document that gives several secrets and vars."),
            MemberSpec("owns", .map(.any), "Values that belong to this identity."),
            MemberSpec("tls", .object("client certificate"), "The certificate it shows to servers."),
        ])

    package static let clientCertificate = MemberTable(
        "client certificate", help: "A certificate and its key, as PEM files.",
        [
            MemberSpec("certificate", .text, required: true, "A path, relative to this file."),
            MemberSpec("key", .text, "The key's path; default: it stands in the certificate's file."),
        ])

    package static let all = [environment, identity, clientCertificate] + SecretSources.tables
}
