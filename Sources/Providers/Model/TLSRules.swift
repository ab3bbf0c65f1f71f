package import HTTP
package import Templates

/// TLS to the hosts of a provider: who vouches for them, and what certificate the client shows.
///
/// All are PEM texts, never files: a provider comes from elsewhere, and only an environment names files.
package struct TLSRules: Sendable {
    /// The authorities that vouch for its servers, in place of the run's.
    package var authorities: Template?
    package var certificate: Template?
    /// nil: it stands in the certificate's text.
    package var key: Template?
    package var minimum: TLSPolicy.Version?

    package init() {}

    /// With the members' names, for messages.
    package var texts: [(member: String, template: Template)] {
        [("ca", authorities), ("clientCert", certificate), ("clientKey", key)].compactMap { member, template in
            template.map { (member, $0) }
        }
    }
}
